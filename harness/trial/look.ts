import type { StepReport, Unsettled } from '../kernel/index.ts'
import { isSeatrialError, messageOf, UsageError } from '../kernel/index.ts'
import type { Slice, TrialContext } from '../slice.ts'

/**
 * The steps of one slice. A slice that breaks ends in one unsettled step of its own, and the
 * others go on: what they find is worth having.
 *
 * @throws UsageError as it is: a wrong question is not an answer
 */
export async function* lookThrough(slice: Slice, context: TrialContext<unknown>): AsyncGenerator<StepReport> {
  const startedAt = context.clock.now()
  const start = context.clock.elapsed()
  try {
    yield* slice.trial(context)
  } catch (error) {
    if (error instanceof UsageError) throw error
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

/** What a step that met this error becomes. */
export function unsettledBy(error: unknown): Unsettled {
  if (isSeatrialError(error)) return { because: error.because, why: messageOf(error), mend: error.mend }
  return {
    because: 'harness',
    why: messageOf(error),
    mend: 'This is a defect of Seatrial; run again with SEATRIAL_DEBUG=1 and report what it prints.',
  }
}
