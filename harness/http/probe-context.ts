import type { Exchange, RequestOptions, WireConnection } from '../wire/index.ts'
import type { Message } from './message.ts'

/** What a probe may ask for, beyond the page it stands on. */
export type ProbeRequest = Partial<RequestOptions>

/** What every active probe is handed: the page, and a bounded, repeatable way to ask more of it. */
export interface ProbeContext {
  readonly url: URL
  /** The answer to a plain GET that was made before any probe. */
  readonly base: Message
  /**
   * Sends to the page's URL unless told otherwise, on a connection of its own.
   *
   * @throws SeatrialError `SEATRIAL_PROBE_BUDGET` past the bound of requests for one page
   */
  readonly send: (request?: ProbeRequest) => Promise<Exchange>
  /**
   * As `send`, for probes that need an answer.
   *
   * @throws SeatrialError `SEATRIAL_NO_ANSWER` (the step is unsettled) when there is none
   */
  readonly ask: (request?: ProbeRequest) => Promise<Message>
  /** A kept connection to the page's origin; the context closes it. */
  readonly connect: () => Promise<WireConnection>
  /** 0 up to 1, from the run's seed: the same at every run. */
  readonly random: () => number
}
