import type { Clock, StepReport, Unsettled } from '../kernel/index.ts'
import { beginStep, document, rule, unsettledBy } from '../kernel/index.ts'
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
  /** The slice's section of the configuration that mutants are made under. */
  readonly section: unknown
}

/** Applies each mutant and says what became of it: to the running stack one after the other, or as the slice itself does. */
export async function* prove(
  slice: Slice,
  mutants: readonly Mutant[],
  stack: StartedStack,
  options: ProveOptions,
): AsyncGenerator<Proof> {
  const { tryChanges } = slice
  if (tryChanges !== undefined) {
    yield* proveApart({ mutants, tryChanges }, stack, options)
    return
  }
  for (const mutant of mutants) {
    options.signal.throwIfAborted()
    yield await proveOne(slice, mutant, stack, options)
  }
}

type Proving = (fate: Fate, rest: Partial<StepReport>) => Proof

/** Begins the proof of a mutant, which ends in its fate. */
function proofOf(mutant: Mutant, clock: Clock): { readonly proof: Proving; readonly survived: (why: Why) => Proof } {
  const step = beginStep({ id: `mutant/${mutant.id.replace('/', '-')}`, subject: mutant.title }, clock)
  const proof: Proving = (fate, rest) => ({ mutant, fate, step: step({ looked: ['mutant/survived'], ...rest }) })
  const replay = `seatrial prove --only ${mutant.id}`
  return { proof, survived: (why) => proof('survived', { findings: [{ ...why, subject: mutant.title, replay }] }) }
}

type Why = ReturnType<typeof mutantSurvived.at> | ReturnType<typeof mutantFiredBefore.at>

/** Looks at what a slice starts by itself: as it is, once for all, then with each change. */
async function* proveApart(
  { mutants, tryChanges }: { mutants: readonly Mutant[]; tryChanges: NonNullable<Slice['tryChanges']> },
  stack: StartedStack,
  options: ProveOptions,
): AsyncGenerator<Proof> {
  const context = { ...options, stack, only: [], progress: () => {} }
  const parts = [...Map.groupBy(mutants, ({ part }) => part)]
  const healthy = parts.map(([part, these]) => ({ part, only: these.map(({ kills }) => kills) }))
  const before = new Map<string, readonly StepReport[]>()
  for await (const steps of tryChanges(context, healthy)) before.set(healthy[before.size]?.part ?? '', steps)
  const tries = mutants.map((mutant) => ({ part: mutant.part, change: mutant, only: [mutant.kills] }))
  let at = 0
  let begun = mutants[0] && proofOf(mutants[0], options.clock)
  for await (const steps of tryChanges(context, tries)) {
    const mutant = mutants[at++]
    if (mutant === undefined || begun === undefined) return
    // A rule begins with the id of its check, and so with that of the step that looked.
    const blind = before.get(mutant.part)?.find(({ id, unsettled }) => unsettled && mutant.kills.startsWith(`${id}-`))
    const { proof, survived } = begun
    const fired = firedIn(steps)
    const unsettled = blind?.unsettled ?? (fired.includes(mutant.kills) ? undefined : unsettledIn(steps))
    if (unsettled !== undefined) yield proof('unsettled', { looked: [], unsettled })
    else if (firedIn(before.get(mutant.part) ?? []).includes(mutant.kills)) {
      yield survived(mutantFiredBefore.at('before', { kills: mutant.kills }))
    } else if (fired.includes(mutant.kills)) yield proof('killed', {})
    else
      yield survived(mutantSurvived.at('after', { title: mutant.title, kills: mutant.kills, fired: fired.join(', ') }))
    const next = mutants[at]
    begun = next && proofOf(next, options.clock)
  }
}

async function proveOne(slice: Slice, mutant: Mutant, stack: StartedStack, options: ProveOptions): Promise<Proof> {
  const { proof, survived } = proofOf(mutant, options.clock)
  try {
    const before = await look(slice, mutant, stack, options)
    // Blind before, silence proves nothing.
    if (before.unsettled !== undefined) return proof('unsettled', { looked: [], unsettled: before.unsettled })
    if (before.fired.includes(mutant.kills)) return survived(mutantFiredBefore.at('before', { kills: mutant.kills }))
    await using _applied = await applyMutant(stack, mutant, { signal: options.signal })
    const after = await look(slice, mutant, stack, options)
    if (after.fired.includes(mutant.kills)) return proof('killed', {})
    if (after.unsettled !== undefined) return proof('unsettled', { looked: [], unsettled: after.unsettled })
    // It survived: what fired instead tells the reader where to begin.
    const { fired } = await look(slice, mutant, stack, options, [])
    const { title, kills } = mutant
    return survived(mutantSurvived.at('after', { title, kills, fired: fired.join(', ') }))
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
  if (slice.sectionFor === undefined) throw new TypeError(`${mutant.id}: ${slice.id} does not say where to look for it`)
  const context = { ...options, stack, section: slice.sectionFor(mutant), only, progress: () => {} }
  const steps = await Array.fromAsync(lookThrough(slice, context))
  return { fired: firedIn(steps), unsettled: unsettledIn(steps) }
}

function firedIn(steps: readonly StepReport[]): readonly string[] {
  const seen = steps.flatMap(({ findings }) =>
    findings.filter(({ level }) => level !== 'good').map((each) => each.rule),
  )
  return [...new Set(seen)]
}

function unsettledIn(steps: readonly StepReport[]): Unsettled | undefined {
  return steps.find(({ unsettled }) => unsettled !== undefined)?.unsettled
}
