import { resolve } from 'node:path'
import type { TrialContext } from '../slice.ts'
import { createClient } from '../wire/index.ts'
import type { Deviation } from './expected.ts'
import { readExpected } from './expected.ts'
import type { CachesSection, CacheTarget } from './section.ts'
import type { Surveyed } from './survey.ts'
import { survey } from './survey.ts'
import { chooseCases, topics } from './topics.ts'

/** One cache, looked at. */
export interface TargetSurvey {
  readonly target: CacheTarget
  readonly surveyed: readonly Surveyed[]
  /** Known deviations by case; undefined when the target names no file of them. */
  readonly expected: ReadonlyMap<string, Deviation> | undefined
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
}

/**
 * Surveys the targets of a section, one after the other: two at once would take each other's time.
 *
 * @throws UsageError for a file of known deviations that cannot be read
 * @throws SeatrialError `SEATRIAL_CACHES_CONTROL` (unsettled: setup), `SEATRIAL_NO_SUCH_PART`
 */
export async function* surveyTargets(context: TrialContext<CachesSection>): AsyncGenerator<TargetSurvey> {
  const { section, clock, signal, stack, allow, baseFolder } = context
  const chosen = await chooseCases(context.only)
  if (chosen.length === 0) return
  const ids = (await topics()).flatMap(({ thing }) => thing.cases.map((one) => one.id))
  await using client = createClient({ deadlineMs: section.deadlineMs, clock, allow })
  for (const target of section.targets) {
    signal.throwIfAborted()
    const { cache, port, origin, controlPort, expect } = target
    context.progress(`caches: ${cache}, ${chosen.length} cases`)
    // Before anything is played: a wrong file should be told at once.
    const expected = expect === undefined ? undefined : await readExpected(resolve(baseFolder, expect), ids)
    const startedAt = clock.now()
    const start = clock.elapsed()
    const surveyed = await survey(chosen, {
      client,
      cache: await stack.part(cache).origin(port),
      control: await stack.part(origin).origin(controlPort),
      clock,
      signal,
      connections: section.connections,
    })
    const durationMs = Math.round(clock.elapsed() - start)
    context.progress(`caches: ${cache} took ${(durationMs / 1000).toFixed(1)} s`)
    yield { target, surveyed, expected, startedAt, durationMs }
  }
}
