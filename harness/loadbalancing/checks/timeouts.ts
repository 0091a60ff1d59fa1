import { once } from 'node:events'
import type { Socket } from 'node:net'
import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import type { Said } from '../kinds/kind.ts'
import { haproxyManual } from '../references.ts'

export const timeoutsMissing = rule({
  id: 'loadbalancing/timeouts-missing',
  level: 'error',
  reference: haproxyManual('4.2-timeout client'),
  says: ({ name, place }: { name: string; place: string }) => `${name} is not set for ${place}: the wait has no end.`,
  wants: 'Every wait of the balancer ends by itself.',
  remedy: 'Set it, in the defaults at best.',
  inherent: true,
})

export const timeoutsSlowHead = rule({
  id: 'loadbalancing/timeouts-slow-head',
  level: 'error',
  reference: haproxyManual('4.2-timeout http-request'),
  says: ({ visitor, seconds }: { visitor: string; seconds: number }) =>
    `A visitor who ${visitor} still has its connection after ${seconds} s.`,
  wants: 'Who does not say in time what it wants is cut off, so that a few such visitors cannot take all connections.',
  remedy: 'Limit the time for the head of a request: timeout http-request.',
})

const kinds = { silent: 'sends nothing', slow: 'sends the head of a request a byte at a time' } as const

export interface TimeoutsSeen {
  readonly endless: readonly (Said & { readonly name: string })[]
  /** The time in which visitors are to be cut off. */
  readonly seconds: number
  /** Those who were not. */
  readonly kept: readonly (keyof typeof kinds)[]
}

/** No wait lasts for ever: by the configuration, and tried by visitors who dawdle. */
export const timeouts = balancerProbe({
  id: 'loadbalancing/timeouts',
  rules: [timeoutsMissing, timeoutsSlowHead],
  expects: ({ expect: { timeouts: expected } }) =>
    expected === false ? notAsked('waits may last for ever (expect.timeouts)') : { expected },
  async gather(bench, { expected }) {
    const { headSeconds: seconds } = expected
    const tried = (['silent', 'slow'] as const).map(async (kind) =>
      (await isCutOff(bench, kind, seconds * 1000)) ? [] : [kind],
    )
    return { endless: bench.setup.endless, seconds, kept: (await Promise.all(tried)).flat() }
  },
  *run({ endless, seconds, kept }: TimeoutsSeen) {
    for (const { name, file, line } of endless) {
      const place = `${file}:${line}`
      yield timeoutsMissing.at(place, { name, place })
    }
    for (const kind of kept) yield timeoutsSlowHead.at(`visitor.${kind}`, { visitor: kinds[kind], seconds })
  },
  examples: [
    { title: 'all are set, and hold', given: { endless: [], seconds: 15, kept: [] }, yields: [] },
    {
      title: 'one is missing',
      given: { endless: [{ name: 'timeout client', file: 'haproxy.cfg', line: 7 }], seconds: 15, kept: [] },
      yields: [timeoutsMissing],
    },
    {
      title: 'who sends a byte at a time begins anew with each of them',
      given: { endless: [], seconds: 15, kept: ['slow'] },
      yields: [timeoutsSlowHead],
    },
  ],
})

const everyMs = 100

/** Whether the balancer ends a connection on which no request is completed, in time, or never has it. */
async function isCutOff(bench: Bench, kind: keyof typeof kinds, ms: number): Promise<boolean> {
  const { way, front, target, signal } = bench
  const socket = await way.open(front, { serverName: target.host })
  const over = AbortSignal.timeout(ms)
  const dawdling = kind === 'slow' ? setInterval(drip(socket, target.host), everyMs) : undefined
  try {
    await ended(socket, AbortSignal.any([over, signal]))
    return true
  } catch (error) {
    signal.throwIfAborted()
    if (over.aborted) return kind === 'silent' && (await isKeptBack(bench))
    throw error
  } finally {
    clearInterval(dawdling)
    socket.destroy()
  }
}

/**
 * Whether the kernel keeps back a connection on which nothing was said, so that it takes nothing of the balancer: TCP_DEFER_ACCEPT
 * in tcp(7), which Apache has by its AcceptFilter, and others by defer-accept and deferred. Field 4 of 03 is SYN_RECV.
 */
async function isKeptBack({ balancer, front }: Bench): Promise<boolean> {
  const port = front.port.toString(16).toUpperCase().padStart(4, '0')
  const script = `$4 == "03" && $2 ~ /:${port}$/ { kept = 1 } END { exit !kept }`
  const { exitCode } = await balancer.container.exec(['awk', script, '/proc/net/tcp', '/proc/net/tcp6'])
  return exitCode === 0
}

/** Sends the next byte of a head that never ends. */
function drip(socket: Socket, host: string): () => void {
  const beginning = `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `
  let sent = 0
  return () => {
    if (socket.writable) socket.write(beginning[sent++] ?? 'x')
  }
}

/** Waits until the other side has said all that it will say, by an end or by a reset. */
async function ended(socket: Socket, signal: AbortSignal): Promise<void> {
  socket.resume()
  const reset = new Promise<void>((done) => {
    socket.on('error', () => done())
  })
  await Promise.race([once(socket, 'end', { signal }), once(socket, 'close', { signal }), reset])
}
