import type { Clock } from '../kernel/index.ts'
import { SeatrialError, systemClock } from '../kernel/index.ts'
import type { Exchange, WireClient, WireConnection } from '../wire/index.ts'
import type { Message } from './message.ts'
import { messageOfExchange } from './message.ts'
import type { ProbeContext, ProbeRequest } from './probe-context.ts'
import { seededRandom } from './random.ts'

export interface OpenProbeContextOptions {
  readonly url: URL | string
  readonly client: WireClient
  /** The answer to a plain GET, when somebody has asked already; asked here otherwise. */
  readonly base?: Message
  readonly seed: number
  /** Requests for this page, the first one included; 200 unless said: the whole set takes about half. */
  readonly requestBudget?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
}

/** Questions that may time out before nothing more is asked: a dead server must not cost a deadline for each probe. */
const patience = 3

/** A page that stands open for probes; disposing closes the connections that they kept. */
export interface OpenedProbeContext extends ProbeContext, AsyncDisposable {
  /** Requests sent so far. */
  readonly requests: number
  readonly clock: Clock
  /** The same page with random numbers of its own, so that probes side by side stay repeatable. */
  readonly for: (id: string) => ProbeContext
}

/**
 * Asks for the page once and hands out a bounded, repeatable way to ask more of it.
 *
 * @throws SeatrialError `SEATRIAL_NO_ANSWER` when the page itself does not answer
 */
export async function openProbeContext(options: OpenProbeContextOptions): Promise<OpenedProbeContext> {
  const { client, seed, requestBudget = 200, clock = systemClock, signal } = options
  const url = new URL(options.url)
  const kept = new Set<WireConnection>()
  let requests = 0
  let unanswered = 0

  const mayAsk = (): void => {
    signal?.throwIfAborted()
    if (unanswered >= patience) {
      throw new SeatrialError('SEATRIAL_NO_ANSWER', `${unanswered} requests were not answered; no more are sent`, {
        mend: 'Find out why the server stopped answering; its log, and whether it limits clients.',
        because: 'timeout',
      })
    }
  }
  const spend = (): void => {
    mayAsk()
    if (requests >= requestBudget) {
      throw new SeatrialError('SEATRIAL_PROBE_BUDGET', `the page's ${requestBudget} requests are used up`, {
        mend: 'Look at fewer probes at once with --only, or raise the request budget.',
        because: 'prerequisite',
      })
    }
    requests += 1
  }
  const whole = (request: ProbeRequest = {}) => ({
    url: url.href,
    ...request,
    ...(signal === undefined ? {} : { signal }),
  })
  const send = async (request?: ProbeRequest): Promise<Exchange> => {
    spend()
    return client.send(whole(request))
  }
  const ask = async (request?: ProbeRequest): Promise<Message> => {
    const exchange = await send(request)
    if (exchange.trouble?.kind === 'timeout') unanswered += 1
    return answered(exchange)
  }
  const connect = async (): Promise<WireConnection> => {
    mayAsk()
    const connection = await client.connect(url.origin)
    kept.add(connection)
    return {
      get open() {
        return connection.open
      },
      async send(request) {
        spend()
        return connection.send(whole(request))
      },
      async [Symbol.asyncDispose]() {
        kept.delete(connection)
        await connection[Symbol.asyncDispose]()
      },
    }
  }

  const base = options.base ?? (await ask())
  const context = (id: string): ProbeContext => ({ url, base, send, ask, connect, random: seededRandom(seed, id) })
  return {
    ...context(''),
    clock,
    for: context,
    get requests() {
      return requests
    },
    async [Symbol.asyncDispose]() {
      const closed = await Promise.allSettled([...kept].map((connection) => connection[Symbol.asyncDispose]()))
      kept.clear()
      const failures: unknown[] = []
      for (const result of closed) if (result.status === 'rejected') failures.push(result.reason)
      if (failures.length > 0) throw new AggregateError(failures, 'connections would not close')
    },
  }
}

/** The whole answer. One that broke off, or that only says "too many requests", is none. */
function answered(exchange: Exchange): Message {
  const { trouble, request } = exchange
  const message = messageOfExchange(exchange)
  if (trouble !== undefined || message === undefined) {
    const told = trouble === undefined ? 'no response' : `${trouble.kind} in phase ${trouble.phase}: ${trouble.message}`
    throw new SeatrialError('SEATRIAL_NO_ANSWER', `no whole answer to ${request.method}: ${told}`, {
      mend: 'Ask the same with --only and look at the server and its log.',
      because: trouble?.kind === 'timeout' ? 'timeout' : 'prerequisite',
    })
  }
  if (message.response.status === 429) {
    throw new SeatrialError('SEATRIAL_NO_ANSWER', `${request.method} was answered 429: the server limits requests`, {
      mend: 'Exempt the address that the trial runs from, or look at fewer probes at once.',
      because: 'prerequisite',
    })
  }
  return message
}
