import type { StepReport } from '../kernel/index.ts'
import { isUsageError, unsettledBy } from '../kernel/index.ts'
import type { Slice, TrialContext } from '../slice.ts'

/**
 * The steps of one slice. A slice that breaks ends in one unsettled step of its own, and the
 * others go on: what they find is worth having.
 *
 * @throws UsageError as it is, or an AggregateError of several: a wrong question is not an answer
 */
export async function* lookThrough(slice: Slice, context: TrialContext<unknown>): AsyncGenerator<StepReport> {
  const startedAt = context.clock.now()
  const start = context.clock.elapsed()
  try {
    yield* slice.trial(context)
  } catch (error) {
    if (isUsageError(error)) throw error
    // Ended from outside: the record says so, and no step has to.
    if (context.signal.aborted) return
    yield {
      id: `${slice.id}/trial`,
      subject: slice.title,
      looked: [],
      findings: [],
      unsettled: unsettledBy(error),
      startedAt,
      durationMs: Math.round(context.clock.elapsed() - start),
    }
  }
}
