import { afterAll, beforeAll, describe } from 'vitest'
import { allBootDrills, boot } from '../../harness/boot/index.ts'
import type { StepReport } from '../../harness/kernel/index.ts'
import { systemClock } from '../../harness/kernel/index.ts'
import type { TrialContext } from '../../harness/slice.ts'
import type { RunScope } from '../../harness/substrate/index.ts'
import { openRun } from '../../harness/substrate/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

const drills = await allBootDrills()

// Those that build an initrd anew take minutes, and begin: at the end there is something short for every processor.
const longestFirst = ['disk', 'machine', 'container']
const wanted = drills
  .toSorted((a, b) => longestFirst.indexOf(a.on) - longestFirst.indexOf(b.on))
  .flatMap(({ id, procedures }) => procedures.map((procedure) => ({ drill: id, procedure: procedure.id })))
const nameOf = ({ drill, procedure }: (typeof wanted)[number]): string => `${drill}, ${procedure}`

/** A step each, side by side as the processors allow; each test waits for its own. */
const steps = new Map(wanted.map((each) => [nameOf(each), Promise.withResolvers<StepReport>()]))

const ended = new AbortController()
let run: RunScope
beforeAll(async () => {
  run = await openRun()
  const context = {
    section: { drills: wanted },
    run,
    seed: 1,
    baseFolder: '/',
    clock: systemClock,
    signal: ended.signal,
    allow: () => undefined,
    only: [],
    progress: () => undefined,
  }
  void (async () => {
    // Drills bring hosts of their own: there is no deployment in the context.
    for await (const step of boot.trial(context as unknown as TrialContext<unknown>)) {
      steps.get(step.subject)?.resolve(step)
    }
  })().catch((error: unknown) => {
    // Nobody waits for a step of a run that was ended.
    if (ended.signal.aborted) return
    for (const { reject } of steps.values()) reject(error)
  })
})
afterAll(async () => {
  ended.abort()
  await run[Symbol.asyncDispose]()
})

describe.each(drills)('$id: $title', ({ id, procedures }) => {
  // An emulated machine boots twice, and may rebuild its initrd in between.
  test.for(procedures)('$id', { timeout: 3_600_000 }, async ({ id: procedure, finds }, { evidence, onTestFailed }) => {
    const step = await steps.get(nameOf({ drill: id, procedure }))?.promise
    if (step === undefined) throw new Error('no drill was run')
    onTestFailed(() => evidence('step.json', JSON.stringify(step, undefined, 2), 'application/json'))
    if (finds !== undefined) {
      // A host that is not up after its boot can be asked nothing more: most checks could not look, and say so.
      for (const rule of finds) expect([step]).toFind(rule)
      return
    }
    expect(step.unsettled).toBeUndefined()
    expect(step).toMatchObject({ findings: [] })
  })
})
