/**
 * Drills again and again, each time with another seed: does the same come out every time, and what does it cost?
 *
 *     npm run bench:drills -- --times 20 [--only links-cut,other-behind] [--first-seed 1] [--at-once 2] [--to FILE]
 *
 * A line of JSON a run goes to the file at once, so that a run of hours that is ended has told what it knew.
 */
import { appendFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Wanted } from '../../fixtures/replication/verdicts.ts'
import { naive, safe } from '../../fixtures/replication/verdicts.ts'
import { allMutants, replication, replicationSection } from '../../harness/replication/index.ts'
import { messageOf, systemClock } from '../../harness/kernel/index.ts'
import type { StepReport } from '../../harness/kernel/index.ts'
import type { TrialContext } from '../../harness/slice.ts'
import { openRun } from '../../harness/substrate/index.ts'
import { lookThrough } from '../../harness/trial/index.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '3' },
    'first-seed': { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '1' },
    to: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
})
const only = values.only.split(',').filter((name) => name !== '')
const mutants = values.mutants
  ? (await allMutants()).map(({ procedure, drill, rule, trap }): Wanted => {
      // The ids of the rules are of the type; a trap may be left out.
      const finds = [rule, ...(trap === undefined ? [] : [trap])] as Wanted['finds']
      return { drill, procedure: procedure.id, finds }
    })
  : []
const pairs = [...(values.mutants ? mutants : [...safe, ...naive])].filter(
  ({ drill, procedure }) => only.length === 0 || only.includes(drill) || only.includes(procedure),
)

/** A drill that lasts longer hangs. */
const mostMs = 180_000

interface Told {
  readonly as: 'as wanted' | 'otherwise' | 'could not look'
  readonly seconds: number
  readonly found: readonly string[]
  /** What happened when, of a run that came out otherwise. */
  readonly story?: readonly string[]
}

const told = new Map<Wanted, Told[]>(pairs.map((pair) => [pair, []]))
const work = Array.from({ length: Number(values.times) }, (_, index) =>
  pairs.map((pair) => ({ pair, seed: index + Number(values['first-seed']) })),
).flat()
const ended = new AbortController()
process.once('SIGINT', () => ended.abort())
process.once('SIGTERM', () => ended.abort())
await Promise.all(
  Array.from({ length: Number(values['at-once']) }, async () => {
    for (let next = work.shift(); next !== undefined && !ended.signal.aborted; next = work.shift()) await one(next)
  }),
)
for (const [{ drill, procedure, finds }, runs] of told) {
  const good = runs.filter((run) => run.as === 'as wanted').length
  const seconds = runs.map((run) => run.seconds).toSorted((a, b) => a - b)
  const middle = seconds[Math.floor(seconds.length / 2)] ?? 0
  const others = runs.filter((run) => run.as !== 'as wanted').map((run) => `${run.as}: ${run.found.join(', ')}`)
  const cost = `median ${middle.toFixed(1)} s, longest ${(seconds.at(-1) ?? 0).toFixed(1)} s`
  const line = `${drill.padEnd(30)} ${procedure.padEnd(26)} ${finds.length === 0 ? 'green' : 'red  '} ${good} of ${runs.length}   ${cost}`
  process.stdout.write(`${[line, ...others.map((other) => `    ${other}`)].join('\n')}\n`)
}

async function one({ pair, seed }: { pair: Wanted; seed: number }): Promise<void> {
  await using run = await openRun()
  const section = replicationSection.parse({ drills: [{ drill: pair.drill, procedure: pair.procedure }] })
  const context = {
    section,
    run,
    seed,
    baseFolder: fileURLToPath(new URL('../../', import.meta.url)),
    clock: systemClock,
    signal: AbortSignal.any([ended.signal, AbortSignal.timeout(mostMs)]),
    allow: () => undefined,
    only: [],
    progress: () => undefined,
  }
  const began = performance.now()
  // Drills need nothing of a deployment, so that there is none in the context.
  const looked = Array.fromAsync(lookThrough(replication, context as unknown as TrialContext<unknown>))
  const steps = await looked.catch((error: unknown) => messageOf(error))
  if (ended.signal.aborted) return
  const seconds = (performance.now() - began) / 1_000
  const result: Told =
    typeof steps === 'string' ? { as: 'could not look', seconds, found: [steps] } : judged(steps, pair, seconds)
  told.get(pair)?.push(result)
  if (values.to !== undefined) appendFileSync(values.to, `${JSON.stringify({ ...pair, seed, ...result })}\n`)
}

function judged(steps: readonly StepReport[], { finds }: Wanted, seconds: number): Told {
  const unsettled = steps.flatMap((step) => (step.unsettled === undefined ? [] : [step.unsettled.why]))
  if (unsettled.length > 0) {
    return { as: 'could not look', seconds, found: unsettled, story: steps.flatMap(storyOf) }
  }
  const found = [...new Set(steps.flatMap(({ findings }) => findings.map(({ rule }) => rule)))]
  const loud = steps.some(({ findings }) => findings.some(({ level }) => level === 'error' || level === 'warning'))
  const good = finds.length === 0 ? !loud : finds.every((rule) => found.includes(rule))
  return good ? { as: 'as wanted', seconds, found } : { as: 'otherwise', seconds, found, story: steps.flatMap(storyOf) }
}

function storyOf({ timeline }: StepReport): readonly string[] {
  return timeline?.marks.map(({ at, what }) => `${Math.round(at)} ${what}`) ?? []
}
