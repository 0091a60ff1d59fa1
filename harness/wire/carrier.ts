import type { Clock } from '../kernel/index.ts'
import type { Opened, NotOpened } from './connect.ts'
import type { Deadline } from './deadline.ts'
import type { ConnectionFacts, Exchange, SentRequest, Timing, Trouble } from './exchange.ts'

/** The client's options with every default filled in. */
export interface Settings {
  readonly deadlineMs: number
  readonly maxHeadBytes: number
  readonly maxBodyBytes: number
  readonly closeGraceMs: number
  readonly clock: Clock
}

/** How one exchange is to be made. */
export interface Errand {
  readonly request: SentRequest
  readonly deadline: Deadline
  /** `clock.elapsed()` when the exchange began. */
  readonly start: number
  /** No other exchange follows: see the connection out. */
  readonly last: boolean
  readonly expectContinueMs: number | undefined
}

/** A connection that carries exchanges, one after another, in one version of HTTP. */
export interface Carrier {
  readonly open: boolean
  /** @throws the reason of the caller's signal, nothing else */
  readonly exchange: (errand: Errand) => Promise<Exchange>
  readonly destroy: () => void
}

/** What is known of a connection before its first exchange. */
export interface Link {
  readonly id: number
  readonly opened: Opened
  readonly settings: Settings
}

/** Facts of a connection as they stand after an exchange. */
export function factsOf({ id, opened }: Link, carried: number, peerClosed: boolean): ConnectionFacts {
  return { id, carried, remote: opened.remote, tls: opened.tls, peerClosed }
}

/** Times of an exchange; connecting belongs to the first one of a connection. */
export function timingOf({ opened }: Link, carried: number, firstByteMs: number, totalMs: number): Timing {
  const fresh = carried === 0
  return { connectMs: fresh ? opened.connectMs : 0, tlsMs: fresh ? opened.tlsMs : 0, firstByteMs, totalMs }
}

/** An exchange that never got as far as sending. */
export function unsent(
  { request, start, expectContinueMs }: Errand,
  trouble: Trouble,
  clock: Clock,
  way: Pick<NotOpened, 'connectMs' | 'tlsMs'> = { connectMs: 0, tlsMs: 0 },
  connection?: ConnectionFacts,
): Exchange {
  return {
    request,
    interim: [],
    response: undefined,
    trouble,
    connection,
    timing: { connectMs: way.connectMs, tlsMs: way.tlsMs, firstByteMs: 0, totalMs: clock.elapsed() - start },
    ...(expectContinueMs === undefined ? {} : { expectation: 'withheld' }),
    receivedAt: clock.now(),
  }
}
