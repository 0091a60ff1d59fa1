import { isSeatrialError, messageOf } from './errors.ts'
import type { Unsettled } from './outcome.ts'

/**
 * What a step that met this error becomes. One that is not ours is a defect of ours, unless who caught it knows better
 * what to do about it.
 */
export function unsettledBy(
  error: unknown,
  mend = 'This is a defect of Seatrial; run again with SEATRIAL_DEBUG=1 and report what it prints.',
): Unsettled {
  if (isSeatrialError(error)) return { because: error.because, why: messageOf(error), mend: error.mend }
  return { because: 'harness', why: messageOf(error), mend }
}
