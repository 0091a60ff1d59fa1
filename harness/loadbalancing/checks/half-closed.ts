import { once } from 'node:events'
import { rfc, rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import { haproxyManual } from '../references.ts'

const clients = 6
/** Servers need a while, so that the balancer knows of the close before it has an answer. */
const answerMs = 300
const deadlineMs = 5_000

export const halfClosedRefused = rule({
  id: 'loadbalancing/half-closed-refused',
  level: 'error',
  reference: rfc(9293, '3.6.1'),
  says: ({ others, asked }: { others: readonly string[]; asked: number }) =>
    `${others.length} of ${asked} clients that close their sending side after the request are not served: ${others.join(', ')}.`,
  wants: 'A client that has said all, and closes its sending side, is served.',
  remedy: 'Do not take the close for a client that left: no option abortonclose.',
})

export const halfClosedServed = rule({
  id: 'loadbalancing/half-closed-served',
  level: 'error',
  reference: haproxyManual('4.2-option abortonclose'),
  says: ({ served, asked }: { served: number; asked: number }) =>
    `${served} of ${asked} clients that close their sending side after the request are served as if they were there.`,
  wants: 'A client that closes its sending side is taken for one that left, as it is documented for this balancer.',
  remedy: 'Let the balancer take the close for a client that left: option abortonclose.',
})

export const halfClosedHanging = rule({
  id: 'loadbalancing/half-closed-hanging',
  level: 'error',
  reference: rfc(9112, '9.6'),
  says: ({ hanging, asked }: { hanging: number; asked: number }) =>
    `${hanging} of ${asked} clients that close their sending side after the request hear nothing for ${deadlineMs / 1_000} s.`,
  wants: 'A client that closes its sending side is served or refused, and its connection ended.',
  remedy: 'Let the balancer look at the close: option abortonclose to refuse, timeout client-fin to end what remains.',
})

/** What a client heard after its close: `served` by a server, the status of a refusal, `closed` or `hanging`. */
type Heard = 'served' | `status ${string}` | 'closed' | 'hanging'

export interface HalfClosedSeen {
  readonly wanted: 'served' | 'refused'
  readonly heard: readonly Heard[]
}

/** Clients that send a whole request, close their sending side and listen. */
export const halfClosed = balancerProbe({
  id: 'loadbalancing/half-closed',
  rules: [halfClosedRefused, halfClosedServed, halfClosedHanging],
  expects: ({ expect: { halfClosed: wanted } }) =>
    wanted === undefined ? notAsked('nothing is expected for clients that half-close (expect.halfClosed)') : { wanted },
  async gather(bench, { wanted }) {
    await bench.behave(Object.fromEntries(bench.setup.servers.map(({ id }) => [id, { delayMs: answerMs }])))
    return { wanted, heard: await Promise.all(Array.from({ length: clients }, () => listenAfterClose(bench))) }
  },
  *run({ wanted, heard }: HalfClosedSeen) {
    const asked = heard.length
    const hanging = heard.filter((one) => one === 'hanging').length
    const others = heard.filter((one) => one !== 'served' && one !== 'hanging')
    const served = asked - hanging - others.length
    if (hanging > 0) yield halfClosedHanging.at('answers', { hanging, asked })
    if (wanted === 'served' && others.length > 0) yield halfClosedRefused.at('answers', { others, asked })
    if (wanted === 'refused' && served > 0) yield halfClosedServed.at('answers', { served, asked })
  },
  examples: [
    { title: 'served, as wanted', given: { wanted: 'served', heard: ['served', 'served'] }, yields: [] },
    { title: 'refused, as wanted', given: { wanted: 'refused', heard: ['status 400', 'closed'] }, yields: [] },
    {
      title: 'one of two refused',
      given: { wanted: 'served', heard: ['served', 'status 400'] },
      yields: [halfClosedRefused],
    },
    { title: 'served unwanted', given: { wanted: 'refused', heard: ['served'] }, yields: [halfClosedServed] },
    { title: 'left alone', given: { wanted: 'refused', heard: ['hanging'] }, yields: [halfClosedHanging] },
  ],
})

async function listenAfterClose({ way, front, target }: Bench): Promise<Heard> {
  const { host, path } = target
  const socket = await way.open(front, { serverName: host })
  const visit = `half-closed-${crypto.randomUUID()}`
  const over = AbortSignal.timeout(deadlineMs)
  let text = ''
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece
  })
  try {
    const ended = once(socket, 'end', { signal: over })
    socket.end(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nX-Seatrial-Visit: ${visit}\r\n\r\n`)
    await ended
  } catch {
    // A reset ends the connection as well; whatever was heard before it counts.
    if (over.aborted && text === '') return 'hanging'
  } finally {
    socket.destroy()
  }
  if (text.includes('{"server":')) return 'served'
  const [, status] = /^HTTP\/\d\.\d (\d{3})/.exec(text) ?? []
  return status === undefined ? 'closed' : `status ${status}`
}
