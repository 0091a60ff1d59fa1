import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import { parseHttpDate } from '../grammar/http-date.ts'
import type { Message } from '../message.ts'
import type { ProbeContext } from '../probe-context.ts'
import { sameContent } from './support/page.ts'

const statusDifferent = rule({
  id: 'http/nodes-agree-status-different',
  level: 'warning',
  reference: rfc(9110, '15'),
  says: (e: { seen: string }) => `The same request is answered ${e.seen}, in turn.`,
  wants: 'All servers behind one address answer alike.',
  remedy: 'Find the server that differs by asking each past the balancer, and take it out until it is mended.',
})

const contentDifferent = rule({
  id: 'http/nodes-agree-content-different',
  level: 'warning',
  reference: rfc(9110, '8.8'),
  says: () => 'Two contents of the page come in turn, and the first comes back after the second.',
  wants: 'All servers behind one address have the same version of a page.',
  remedy: 'Look whether a release has reached every server, or whether the page picks its content by chance.',
})

const validatorDifferent = rule({
  id: 'http/nodes-agree-validator-different',
  level: 'warning',
  reference: rfc(9110, '8.8.3'),
  says: (e: { field: string; seen: string }) => `The content stays, and ${e.field} is ${e.seen}, in turn.`,
  wants: 'All servers behind one address give the same content the same validators.',
  remedy:
    'Make ETag from the content, and keep the time of change when files are copied (Apache: FileETag MTime Size).',
})

const clockApart = rule({
  id: 'http/nodes-agree-clock-apart',
  level: 'warning',
  reference: rfc(9110, '6.6.1'),
  says: (e: { seconds: number }) => `Date goes back by ${e.seconds} seconds from one answer to the next.`,
  wants: 'All servers behind one address tell the same time.',
  remedy: 'Let every server set its clock by NTP; lifetimes, signatures and sessions are counted by it.',
})

/** Further answers; with the page's own, enough to see something go and come back. */
const rounds = 4
/** Seconds that two right clocks may seem apart, as Date is cut to whole seconds. */
const tolerance = 2

interface Answer {
  readonly status: number
  /** Equal numbers stand for equal bytes. */
  readonly content: number
  /** Empty text stands for a field that is not there. */
  readonly etag: string
  readonly lastModified: string
  /** Date, seconds since the epoch; null where there is none, or where a cache has kept the answer. */
  readonly date: number | null
}

interface Seen {
  readonly answers: readonly Answer[]
}

const answer = (more: Partial<Answer> = {}): Answer => ({
  status: 200,
  content: 0,
  etag: '"a"',
  lastModified: '',
  date: 1000,
  ...more,
})
const inTurn = (other: Partial<Answer>): Seen => ({ answers: [answer(), answer(other), answer(), answer(other)] })

/** The page on several new connections, which a balancer may give to different servers. */
export const nodesAgree = probe({
  id: 'http/nodes-agree',
  rules: [statusDifferent, contentDifferent, validatorDifferent, clockApart],
  async gather({ base, ask }: ProbeContext): Promise<Seen | NotApplicable> {
    if (!base.response.complete) return { notApplicable: 'the page is longer than what is kept of it' }
    const messages: Message[] = [base]
    for (let round = 0; round < rounds; round++) messages.push(await ask())
    return {
      answers: messages.map((message) => ({
        status: message.response.status,
        content: messages.findIndex((earlier) => sameContent(earlier, message)),
        etag: message.response.fields.get('etag') ?? '',
        lastModified: message.response.fields.get('last-modified') ?? '',
        date: dateOf(message),
      })),
    }
  },
  *run({ answers }: Seen) {
    const statuses = returning(answers.map(({ status }) => String(status)))
    if (statuses !== undefined) yield statusDifferent.at('response.status', { seen: statuses })
    else if (returning(answers.map(({ content }) => String(content))) !== undefined) {
      yield contentDifferent.at('response.body')
    } else {
      for (const [field, name] of [['ETag', 'etag'] as const, ['Last-Modified', 'lastModified'] as const]) {
        const values = returning(answers.map((one) => one[name]))
        if (values !== undefined)
          yield validatorDifferent.at(`response.fields.${field.toLowerCase()}`, { field, seen: values })
      }
    }
    const back = longestWayBack(answers.flatMap(({ date }) => (date === null ? [] : [date])))
    if (back > tolerance) yield clockApart.at('response.fields.date', { seconds: back })
  },
  examples: [
    { title: 'all the same', given: inTurn({}), yields: [] },
    {
      title: 'the page was changed meanwhile',
      given: { answers: [answer(), answer({ content: 1, etag: '"b"' }), answer({ content: 1, etag: '"b"' })] },
      yields: [],
    },
    {
      title: 'a page that is never the same',
      given: { answers: [answer(), answer({ content: 1 }), answer({ content: 2 })] },
      yields: [],
    },
    { title: 'time goes on', given: { answers: [answer(), answer({ date: 1060 })] }, yields: [] },
    { title: 'one of two servers is down', given: inTurn({ status: 502, content: 1 }), yields: [statusDifferent] },
    { title: 'half a release', given: inTurn({ content: 1, etag: '"b"' }), yields: [contentDifferent] },
    { title: 'tags made from inodes', given: inTurn({ etag: '"b"' }), yields: [validatorDifferent] },
    { title: 'a clock that is an hour late', given: inTurn({ date: -2600 }), yields: [clockApart] },
  ],
})

/** The two values in quotes when one goes and comes back: proof that more than one server, or chance, decides. */
function returning(values: readonly string[]): string | undefined {
  for (const [at, value] of values.entries()) {
    const first = values.indexOf(value)
    const between = values.slice(first, at).find((other) => other !== value)
    if (between !== undefined) return `"${value}" and "${between}"`
  }
  return undefined
}

function longestWayBack(dates: readonly number[]): number {
  return Math.max(0, ...dates.slice(1).map((date, at) => (dates[at] ?? date) - date))
}

function dateOf({ response: { fields }, now }: Message): number | null {
  const value = fields.get('date')
  // What a cache has kept carries the time when it was made.
  if (value === undefined || fields.has('age')) return null
  const date = parseHttpDate(value, now)
  return date === undefined ? null : date.ms / 1000
}
