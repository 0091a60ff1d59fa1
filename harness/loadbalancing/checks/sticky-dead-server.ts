import { rule, SeatrialError } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { cookiePair } from '../bench/cookies.ts'
import { newcomers } from '../bench/newcomers.ts'
import type { Answer } from '../bench/visitor.ts'
import { haproxyManual } from '../references.ts'

export const stickyDeadServerFelt = rule({
  id: 'loadbalancing/sticky-dead-server-felt',
  level: 'error',
  reference: haproxyManual('4.2-option redispatch'),
  says: ({ pair, failed, requests, how }: { pair: string; failed: number; requests: number; how: string }) =>
    `${failed} of ${requests} requests with ${pair} get no answer of a server after theirs died: ${how}.`,
  wants: 'A visitor whose server dies is answered by another one.',
  remedy: 'Let the balancer break the bond when the server cannot be reached: option redispatch, and retries above 0.',
})

export const stickyDeadServerUnbound = rule({
  id: 'loadbalancing/sticky-dead-server-unbound',
  level: 'error',
  reference: haproxyManual('4.2-cookie'),
  says: ({ pair, server }: { pair: string; server: string }) =>
    `A visitor with ${pair} is answered by ${server} after its own server died, and given no cookie that holds it there.`,
  wants: 'The answer of the new server comes with a cookie that names it.',
  remedy: 'Give every server line of the pool a cookie value of its own.',
})

export interface StickyDeadServerSeen {
  /** What the visitor of the dead server shows. */
  readonly pair: string
  /** What became of each request with it: the server that answered and the cookie that it set, or what went wrong. */
  readonly answers: readonly {
    readonly server?: string | undefined
    readonly pair?: string | undefined
    readonly failed?: string | undefined
  }[]
}

const requests = 6

/** A visitor whose server dies is led to another, and stays there. */
export const stickyDeadServer = balancerProbe({
  id: 'loadbalancing/sticky-dead-server',
  rules: [stickyDeadServerFelt, stickyDeadServerUnbound],
  expects({ expect: { sticky, deadServer } }) {
    if (sticky === undefined) return notAsked('no stickiness is expected (expect.sticky)')
    return deadServer === 'allowed' ? notAsked('a server that dies may be noticed (expect.deadServer)') : { sticky }
  },
  async gather(bench, { sticky }) {
    if ((await bench.servers()).length < 2) return { notApplicable: 'the pool has one server, and none to be led to' }
    const { cookie } = sticky
    const [first] = await newcomers(bench, cookie)
    await bench.behave({ [first.server]: { listening: false } })
    // One after the other: several at once could be kept waiting by the limits of the server that is left.
    const asked: Answer[] = []
    while (asked.length < requests) {
      using visitor = bench.visitor()
      asked.push(await visitor.ask({ fields: { Cookie: first.pair } }))
    }
    if (asked.some(({ server }) => server === first.server)) throw stillThere(first.server)
    return { pair: first.pair, answers: asked.map((answer) => toldOf(answer, cookie)) }
  },
  *run({ pair, answers }: StickyDeadServerSeen) {
    const failed = answers.flatMap((answer) => answer.failed ?? [])
    if (failed.length > 0) {
      const how = [...new Set(failed)].toSorted().join(', ')
      yield stickyDeadServerFelt.at('answer.status', { pair, failed: failed.length, requests: answers.length, how })
    }
    const unbound = answers.find((answer) => answer.server !== undefined && [undefined, pair].includes(answer.pair))
    if (unbound?.server !== undefined)
      yield stickyDeadServerUnbound.at('answer.fields.set-cookie', { pair, server: unbound.server })
  },
  examples: [
    {
      title: 'all are led to the other server, and held there',
      given: {
        pair: 'SERVERID=a',
        answers: [
          { server: 'app/b', pair: 'SERVERID=b' },
          { server: 'app/b', pair: 'SERVERID=b' },
        ],
      },
      yields: [],
    },
    {
      title: 'an error until the balancer notices',
      given: { pair: 'SERVERID=a', answers: [{ failed: 'status 503' }, { server: 'app/b', pair: 'SERVERID=b' }] },
      yields: [stickyDeadServerFelt],
    },
    {
      title: 'led to another server, and not held there',
      given: { pair: 'SERVERID=a', answers: [{ server: 'app/b' }] },
      yields: [stickyDeadServerUnbound],
    },
  ],
})

function toldOf(answer: Answer, cookie: string): StickyDeadServerSeen['answers'][number] {
  const { server, status, trouble } = answer
  if (trouble !== undefined) return { failed: trouble }
  return server === undefined ? { failed: `status ${status}` } : { server, pair: cookiePair(answer, cookie) }
}

function stillThere(server: string): SeatrialError {
  return new SeatrialError('SEATRIAL_SERVER_ALIVE', `${server} answered after it was ended`, {
    mend: 'This is a defect of the bench; report it.',
    because: 'harness',
  })
}
