import { rule, SeatrialError } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { arrivals } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'

/** Part of the time that an answer takes: who waits for one and then gets his own is too late. */
const answerPart = 0.6

export const queueBoundedEndless = rule({
  id: 'loadbalancing/queue-bounded-endless',
  level: 'error',
  reference: haproxyManual('4.2-timeout queue'),
  says: ({ late, visitors, withinSeconds }: { late: number; visitors: number; withinSeconds: number }) =>
    `${late} of ${visitors} who come at once have no answer after ${withinSeconds} s.`,
  wants: 'Under more load than there is room for, everybody is served or told that there is no room, in time.',
  remedy: 'Let nobody wait longer than it helps: timeout queue, below the time in which visitors want an answer.',
})

export const queueBoundedCut = rule({
  id: 'loadbalancing/queue-bounded-cut',
  level: 'error',
  reference: haproxyManual('4.2-errorfile'),
  says: ({ cut, visitors, first }: { cut: number; visitors: number; first: string }) =>
    `${cut} of ${visitors} who come at once are cut off without an answer: ${first}.`,
  wants: 'Who is not served is told so, with 503.',
  remedy:
    'Let the balancer answer whoever it takes: a queue with an end, and a backlog and maxconn that hold the visitors.',
})

export interface QueueBoundedSeen {
  readonly visitors: number
  readonly withinSeconds: number
  /** Those without an answer when the time was over. */
  readonly late: number
  /** Why others got none. */
  readonly cut: readonly string[]
}

/** More visitors at once than there is room for, before servers that are slow. */
export const queueBounded = balancerProbe({
  id: 'loadbalancing/queue-bounded',
  rules: [queueBoundedEndless, queueBoundedCut],
  expects: ({ expect: { queue } }) =>
    queue === undefined ? notAsked('nobody says in what time all are answered (expect.queue)') : { queue },
  async gather(bench, { queue }) {
    const { visitors, withinSeconds } = queue
    const withinMs = withinSeconds * 1_000
    const slow = { delayMs: withinMs * answerPart }
    await using stack = new AsyncDisposableStack()
    const all = Array.from({ length: visitors }, () => stack.use(bench.visitor({ deadlineMs: withinMs })))
    // Connected already when the time begins, which is that of the queue.
    await Promise.all(all.map((one) => one.ask()))
    await bench.behave(Object.fromEntries(bench.setup.servers.map(({ id }) => [id, slow])))
    await bench.forget()
    const answers = await Promise.all(all.map((one) => one.ask()))
    const came = [...(await arrivals(bench)).values()].map(({ at }) => at)
    const firstAnswer = Math.min(...came) + slow.delayMs
    if (came.filter((at) => at < firstAnswer).length >= visitors) {
      throw new SeatrialError(
        'SEATRIAL_NO_QUEUE',
        `all ${visitors} visitors found room at the servers, and nobody had to wait`,
        { mend: 'Let more come than the servers can take at once: expect.queue.visitors.', because: 'prerequisite' },
      )
    }
    const unanswered = answers.filter(({ status }) => status === 0)
    const isLate = ({ ms }: { readonly ms: number }): boolean => ms >= withinMs
    return {
      visitors,
      withinSeconds,
      late: unanswered.filter(isLate).length,
      cut: unanswered.filter((one) => !isLate(one)).map(({ trouble = 'closed' }) => trouble),
    }
  },
  *run({ visitors, withinSeconds, late, cut }: QueueBoundedSeen) {
    if (late > 0) yield queueBoundedEndless.at('answers', { late, visitors, withinSeconds })
    const [first] = cut
    if (first !== undefined) yield queueBoundedCut.at('answers', { cut: cut.length, visitors, first })
  },
  examples: [
    { title: 'each is answered', given: { visitors: 40, withinSeconds: 3, late: 0, cut: [] }, yields: [] },
    {
      title: 'a third still waits',
      given: { visitors: 40, withinSeconds: 3, late: 14, cut: [] },
      yields: [queueBoundedEndless],
    },
    {
      title: 'one is thrown out',
      given: { visitors: 40, withinSeconds: 3, late: 0, cut: ['read ECONNRESET'] },
      yields: [queueBoundedCut],
    },
  ],
})
