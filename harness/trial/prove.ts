import type { Clock, StepReport, Unsettled } from '../kernel/index.ts'
import { document, rule, unsettledBy } from '../kernel/index.ts'
import type { Slice, TrialContext } from '../slice.ts'
import type { Mutant, StartedStack } from '../stack/index.ts'
import { applyMutant } from '../stack/index.ts'
import { lookThrough } from './look.ts'

const mutantSurvived = rule({
  id: 'mutant/survived',
  level: 'error',
  reference: document('Mutation testing', 'https://en.wikipedia.org/wiki/Mutation_testing'),
  says: (e: { title: string; kills: string; fired: string }) =>
    `"${e.title}" was not noticed: ${e.kills} did not fire. Fired: ${e.fired === '' ? 'nothing' : e.fired}.`,
  wants: 'The named rule fires after the change.',
  remedy: 'Mend the check, or name the rule that should notice.',
})

const mutantFiredBefore = rule({
  id: 'mutant/fired-before',
  level: 'error',
  reference: document('Mutation testing', 'https://en.wikipedia.org/wiki/Mutation_testing'),
  says: (e: { kills: string }) => `${e.kills} fires without the change too, so that its firing proves nothing.`,
  wants: 'The named rule is silent on the healthy deployment.',
  remedy: 'Mend the reference deployment, or look at a page where the rule is silent.',
})

export type Fate = 'killed' | 'survived' | 'unsettled'

export interface Proof {
  readonly mutant: Mutant
  readonly fate: Fate
  readonly step: StepReport
}

export interface ProveOptions extends Omit<TrialContext<unknown>, 'section' | 'stack' | 'only'> {
  readonly clock: Clock
}

/** Applies each mutant to the running stack, one after the other, and says what became of it. */
export async function* prove(
  slice: Slice,
  mutants: readonly Mutant[],
  stack: StartedStack,
  options: ProveOptions,
): AsyncGenerator<Proof> {
  for (const mutant of mutants) {
    options.signal.throwIfAborted()
    yield await proveOne(slice, mutant, stack, options)
  }
}

async function proveOne(slice: Slice, mutant: Mutant, stack: StartedStack, options: ProveOptions): Promise<Proof> {
  const { clock } = options
  const startedAt = clock.now()
  const start = clock.elapsed()
  const proof = (fate: Fate, rest: Partial<StepReport>): Proof => ({
    mutant,
    fate,
    step: {
      id: `mutant/${mutant.id.replace('/', '-')}`,
      subject: mutant.title,
      looked: ['mutant/survived'],
      findings: [],
      startedAt,
      durationMs: Math.round(clock.elapsed() - start),
      ...rest,
    },
  })
  const found = (finding: ReturnType<typeof mutantSurvived.at> | ReturnType<typeof mutantFiredBefore.at>): Proof =>
    proof('survived', {
      findings: [{ ...finding, subject: mutant.title, replay: `seatrial prove --only ${mutant.id}` }],
    })
  try {
    const before = await look(slice, mutant, stack, options)
    // Blind before, silence proves nothing.
    if (before.unsettled !== undefined) return proof('unsettled', { looked: [], unsettled: before.unsettled })
    if (before.fired.includes(mutant.kills)) return found(mutantFiredBefore.at('before', { kills: mutant.kills }))
    await using _applied = await applyMutant(stack, mutant, { signal: options.signal })
    const after = await look(slice, mutant, stack, options)
    if (after.fired.includes(mutant.kills)) return proof('killed', {})
    if (after.unsettled !== undefined) return proof('unsettled', { looked: [], unsettled: after.unsettled })
    // It survived: what fired instead tells the reader where to begin.
    const { fired } = await look(slice, mutant, stack, options, [])
    const { title, kills } = mutant
    return found(mutantSurvived.at('after', { title, kills, fired: fired.join(', ') }))
  } catch (error) {
    options.signal.throwIfAborted()
    return proof('unsettled', { looked: [], unsettled: unsettledBy(error) })
  }
}

interface Seen {
  readonly fired: readonly string[]
  readonly unsettled: Unsettled | undefined
}

/** The rules that fire where the mutant must be noticed, and why somebody could not look. */
async function look(
  slice: Slice,
  mutant: Mutant,
  stack: StartedStack,
  options: ProveOptions,
  only: readonly string[] = [mutant.kills],
): Promise<Seen> {
  const fired = new Set<string>()
  let unsettled: Unsettled | undefined
  const context = { ...options, stack, section: slice.sectionFor(mutant), only, progress: () => {} }
  for await (const step of lookThrough(slice, context)) {
    unsettled ??= step.unsettled
    for (const finding of step.findings) if (finding.level !== 'good') fired.add(finding.rule)
  }
  return { fired: [...fired], unsettled }
}
