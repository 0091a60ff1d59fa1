import { SeatrialError, systemClock, UsageError } from '../kernel/index.ts'
import type { Carrier, Errand, Settings } from './carrier.ts'
import { unsent } from './carrier.ts'
import type { ClientOptions, RequestOptions, WireClient, WireConnection } from './client.ts'
import type { NotOpened } from './connect.ts'
import { Deadline } from './deadline.ts'
import type { Exchange, HttpVersion } from './exchange.ts'
import { openCarrier } from './open-carrier.ts'
import type { Target } from './request.ts'
import { sentRequest, targetOf } from './request.ts'

/**
 * Makes the exchange client. Its promises reject only for a wrong question (UsageError), for what
 * `allow` throws, and with the reason of an aborted signal; all else is in the exchange.
 *
 * @example
 * await using client = createClient({ deadlineMs: 2_000 })
 * const { response, trouble } = await client.send({ url: 'http://127.0.0.1:8080/' })
 * @throws UsageError for a limit that is not a positive number
 */
export function createClient(options: ClientOptions = {}): WireClient {
  const settings = settingsOf(options)
  const { clock } = settings
  const allow = options.allow ?? (() => {})
  const carriers = new Set<Carrier>()
  let connections = 0
  let closed = false

  const mustBeOpen = (): void => {
    if (!closed) return
    const mend = 'Send before the client is disposed.'
    throw new SeatrialError('SEATRIAL_CLIENT_CLOSED', 'the exchange client is disposed', { mend })
  }

  const open = async (target: Target, version: HttpVersion, deadline: Deadline): Promise<Carrier | NotOpened> => {
    allow(target.url)
    const carrier = await openCarrier(target, version, deadline, settings, () => (connections += 1))
    if ('trouble' in carrier) return carrier
    carriers.add(carrier)
    // The client may have been disposed while this was opening.
    if (closed) carrier.destroy()
    return carrier
  }

  const shut = (carrier: Carrier | NotOpened): void => {
    if ('trouble' in carrier) return
    carrier.destroy()
    carriers.delete(carrier)
  }

  const send = async (given: RequestOptions): Promise<Exchange> => {
    mustBeOpen()
    const target = targetOf(given.url)
    const fields = given.version === '2' ? [] : [{ name: 'Connection', value: 'close' }]
    const request = sentRequest(given, target, { version: '1.1', fields })
    using deadline = deadlineOf(given, settings)
    const errand: Errand = { request, deadline, start: clock.elapsed(), last: true, ...expectation(given) }
    const carrier = await open(target, request.version, deadline)
    try {
      if ('trouble' in carrier) return unsent(errand, carrier.trouble, clock, carrier)
      return await carrier.exchange(errand)
    } finally {
      shut(carrier)
    }
  }

  const connect = async (origin: string, version: HttpVersion = '1.1'): Promise<WireConnection> => {
    mustBeOpen()
    const home = targetOf(origin)
    using opening = new Deadline(settings.deadlineMs)
    const carrier = await open(home, version, opening)
    let before: Promise<unknown> = Promise.resolve()

    const sendNext = async (given: RequestOptions): Promise<Exchange> => {
      const target = targetOf(given.url)
      mustShareOrigin(target, home)
      const request = sentRequest(given, target, { version, fields: [] })
      mustShareVersion(request.version, version)
      // One after another: each waits for the one before it, and only then does its time begin.
      const turn = before.then(async () => {
        using deadline = deadlineOf(given, settings)
        const errand: Errand = { request, deadline, start: clock.elapsed(), last: false, ...expectation(given) }
        if ('trouble' in carrier) return unsent(errand, carrier.trouble, clock, carrier)
        // Awaited here, or the deadline would be called off at once.
        return await carrier.exchange(errand)
      })
      before = turn.catch(() => {})
      return turn
    }

    return {
      send: sendNext,
      get open() {
        return !('trouble' in carrier) && carrier.open
      },
      async [Symbol.asyncDispose]() {
        shut(carrier)
      },
    }
  }

  return {
    send,
    connect,
    async [Symbol.asyncDispose]() {
      closed = true
      for (const carrier of carriers) shut(carrier)
    },
  }
}

function settingsOf(options: ClientOptions): Settings {
  const limits = {
    deadlineMs: options.deadlineMs ?? 10_000,
    maxHeadBytes: options.maxHeadBytes ?? 256 * 1024,
    maxBodyBytes: options.maxBodyBytes ?? 8 * 1024 * 1024,
    closeGraceMs: options.closeGraceMs ?? 50,
  }
  for (const [path, value] of Object.entries(limits)) mustBeLimit(path, value)
  return { ...limits, clock: options.clock ?? systemClock }
}

function mustBeLimit(path: string, value: number): void {
  if (!(value >= 0)) throw new UsageError({ path, given: String(value), wanted: 'a number from 0 up' })
}

function deadlineOf({ deadlineMs, signal }: RequestOptions, settings: Settings): Deadline {
  if (deadlineMs !== undefined) mustBeLimit('deadlineMs', deadlineMs)
  return new Deadline(deadlineMs ?? settings.deadlineMs, signal)
}

function expectation({ expectContinueMs }: RequestOptions): Pick<Errand, 'expectContinueMs'> {
  if (expectContinueMs !== undefined) mustBeLimit('expectContinueMs', expectContinueMs)
  return { expectContinueMs }
}

function mustShareOrigin({ url }: Target, home: Target): void {
  if (url.origin === home.url.origin) return
  throw new UsageError({ path: 'url', given: url.origin, wanted: `the origin of this connection, ${home.url.origin}` })
}

function mustShareVersion(given: HttpVersion, version: HttpVersion): void {
  if ((given === '2') === (version === '2')) return
  throw new UsageError({ path: 'version', given, wanted: `what this connection speaks, ${version}` })
}
