import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { cookiePair } from '../bench/cookies.ts'
import type { Bench } from '../bench/open-bench.ts'
import type { Answer } from '../bench/visitor.ts'
import { haproxyManagement, haproxyManual } from '../references.ts'

const requests = 4
/** A queue at the load of every day is there each time; a machine that stood still for a moment does not do so three times. */
const rounds = 3
/** Who waits behind somebody else waits at least as long again; three times leave room for a machine that is busy. */
const uneven = 3

export const queueAtLoadFormed = rule({
  id: 'loadbalancing/queue-at-load-formed',
  level: 'error',
  reference: haproxyManagement('9.1'),
  says: ({ visitors, queued }: { visitors: number; queued: Readonly<Record<string, number>> }) => {
    const places = Object.entries(queued).map(([place, most]) => `${most} at ${place}`)
    return `At the load of a usual day, ${visitors} at once, visitors wait in a queue: ${places.join(', ')}.`
  },
  wants: 'On a usual day nobody queues, neither before a server nor before the pool.',
  remedy: 'Raise maxconn of the servers to what they can take, or add servers.',
})

export const queueAtLoadFull = rule({
  id: 'loadbalancing/queue-at-load-full',
  level: 'error',
  reference: haproxyManual('4.2-maxconn'),
  says: ({ listener, most, limit }: { listener: string; most: number; limit: number }) =>
    `${listener} takes ${limit} connections, and had ${most}: others wait in the kernel, where no counter sees them.`,
  wants: 'On a usual day a frontend has fewer connections than it takes.',
  remedy: 'Raise maxconn of the frontend, and of the global section.',
})

export const queueAtLoadUneven = rule({
  id: 'loadbalancing/queue-at-load-uneven',
  level: 'error',
  reference: haproxyManual('4.2-maxconn'),
  says: ({ slowestMs, medianMs }: { slowestMs: number; medianMs: number }) =>
    `In ${rounds} rounds of ${rounds}, somebody waited for others; in the best the slowest answer takes ${slowestMs} ms, and half of them come in ${medianMs} ms.`,
  wants: `On a usual day no answer takes ${uneven} times as long as the median.`,
  remedy:
    'Look for a limit that is below the load: maxconn of frontend and servers, workers, the backlog of the kernel.',
})

export const queueAtLoadUnserved = rule({
  id: 'loadbalancing/queue-at-load-unserved',
  level: 'error',
  reference: haproxyManual('1.3.1'),
  says: ({ unserved, asked, first }: { unserved: number; asked: number; first: string }) =>
    `At the load of a usual day ${unserved} of ${asked} requests get no answer of a server, the first of them: ${first}.`,
  wants: 'On a usual day every request is answered by a server.',
  remedy: 'Give the servers room for the load: maxconn, more servers, timeouts above the time of an answer.',
})

export interface QueueAtLoadSeen {
  readonly visitors: number
  readonly asked: number
  /** What those got whom no server answered. */
  readonly unserved: readonly string[]
  /** Longest queues, by server or pool, of those that had one. */
  readonly queued: Readonly<Record<string, number>>
  readonly listeners: readonly { readonly name: string; readonly most: number; readonly limit: number }[]
  /** Of the round in which they were closest to each other. */
  readonly medianMs: number
  readonly slowestMs: number
}

/** As many visitors as on a usual day, and none of them waits for another. */
export const queueAtLoad = balancerProbe({
  id: 'loadbalancing/queue-at-load',
  rules: [queueAtLoadFormed, queueAtLoadFull, queueAtLoadUneven, queueAtLoadUnserved],
  expects: ({ expect: { load } }) =>
    load === undefined ? notAsked('nobody says how many come on a usual day (expect.load)') : { load },
  async gather(bench, { load }) {
    const { visitors, answerMs } = load
    await bench.behave(Object.fromEntries(bench.setup.servers.map(({ id }) => [id, { delayMs: answerMs }])))
    const answers: Answer[] = []
    let best = { medianMs: 1, slowestMs: Infinity }
    for (let round = 0; round < rounds && isUneven(best); round++) {
      const came = (await Promise.all(Array.from({ length: visitors }, () => come(bench)))).flat()
      answers.push(...came)
      const times = came.map(({ ms }) => Math.round(ms)).toSorted((a, b) => a - b)
      const own = { medianMs: times[Math.floor(times.length / 2)] ?? 0, slowestMs: times.at(-1) ?? 0 }
      if (own.slowestMs / own.medianMs < best.slowestMs / best.medianMs) best = own
    }
    const counters = bench.kind.counters === undefined ? undefined : await bench.counters()
    return {
      visitors,
      asked: answers.length,
      unserved: answers
        .filter(({ server }) => server === undefined)
        .map(({ trouble, status }) => trouble ?? `status ${status}`),
      queued: Object.fromEntries(Object.entries(counters?.queued ?? {}).filter(([, most]) => most > 0)),
      listeners: counters?.listeners ?? [],
      ...best,
    }
  },
  *run({ visitors, asked, unserved, queued, listeners, ...times }: QueueAtLoadSeen) {
    const [first] = unserved
    if (first !== undefined) yield queueAtLoadUnserved.at('answers', { unserved: unserved.length, asked, first })
    if (Object.keys(queued).length > 0) yield queueAtLoadFormed.at('queues', { visitors, queued })
    for (const { name, most, limit } of listeners) {
      if (limit > 0 && most >= limit) yield queueAtLoadFull.at(name, { listener: name, most, limit })
    }
    if (isUneven(times)) yield queueAtLoadUneven.at('answers', times)
  },
  examples: [
    {
      title: 'everybody is served at once',
      given: {
        visitors: 6,
        asked: 24,
        unserved: [],
        queued: {},
        listeners: [{ name: 'web', most: 6, limit: 1500 }],
        medianMs: 204,
        slowestMs: 241,
      },
      yields: [],
    },
    {
      title: 'servers that take one at a time',
      given: {
        visitors: 6,
        asked: 24,
        unserved: ['status 503'],
        queued: { 'app/a': 3, 'app/BACKEND': 2 },
        listeners: [{ name: 'web', most: 6, limit: 1500 }],
        medianMs: 600,
        slowestMs: 1_000,
      },
      yields: [queueAtLoadFormed, queueAtLoadUnserved],
    },
    {
      title: 'a frontend that takes two connections',
      given: {
        visitors: 6,
        asked: 24,
        unserved: [],
        queued: {},
        listeners: [{ name: 'web', most: 2, limit: 2 }],
        medianMs: 204,
        slowestMs: 1_640,
      },
      yields: [queueAtLoadFull, queueAtLoadUneven],
    },
  ],
})

function isUneven({ medianMs, slowestMs }: Pick<QueueAtLoadSeen, 'medianMs' | 'slowestMs'>): boolean {
  return slowestMs >= uneven * medianMs
}

/** One of them: several requests on a connection that is kept, with the cookie that the first answer gave. */
async function come({ visitor, expect, signal }: Bench): Promise<readonly Answer[]> {
  using one = visitor()
  const answers: Answer[] = []
  let fields = {}
  while (answers.length < requests && !signal.aborted) {
    const answer = await one.ask({ fields })
    answers.push(answer)
    const pair = expect.sticky === undefined ? undefined : cookiePair(answer, expect.sticky.cookie)
    if (pair !== undefined) fields = { Cookie: pair }
  }
  return answers
}
