import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { Exchange } from '../../wire/index.ts'
import { Fields } from '../../wire/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { lists } from './support/page.ts'
import { patienceMs, reactionOf } from './support/reaction.ts'

const kept = rule({
  id: 'http/connection-reuse-kept',
  level: 'good',
  reference: rfc(9112, '9.3'),
  says: () => 'Two requests are answered on one connection.',
  wants: 'Connections are kept for the next request.',
  remedy: 'Nothing to mend.',
})

const extraBytes = rule({
  id: 'http/connection-reuse-extra-bytes',
  level: 'error',
  reference: rfc(9112, '6.3'),
  says: () => 'More bytes follow the end of the response on a kept connection.',
  wants: 'After a response comes nothing but the next one.',
  remedy: 'Make Content-Length or the chunks match the content; the rest is taken for the next response.',
  aka: { redbot: 'EXTRA_DATA' },
})

const closedUnsaid = rule({
  id: 'http/connection-reuse-closed-unsaid',
  level: 'warning',
  reference: rfc(9112, '9.6'),
  says: () => 'The server closes the connection after the first response and had not said so.',
  wants: 'A server that means to close says Connection: close in its last response.',
  remedy: 'Send Connection: close, or keep the connection; else every reused connection is a lost request.',
})

const secondDifferent = rule({
  id: 'http/connection-reuse-second-different',
  level: 'warning',
  reference: rfc(9112, '9.3'),
  says: (e: { first: number; second: number }) =>
    `The same request is answered ${e.first}, and ${e.second} when it comes second on a connection.`,
  wants: 'A request means the same, whatever went before it on its connection.',
  remedy: 'Look for state that a server or proxy keeps by connection.',
})

const secondSilent = rule({
  id: 'http/connection-reuse-second-silent',
  level: 'error',
  reference: rfc(9112, '9.3'),
  says: () => 'The second request on a kept connection is never answered.',
  wants: 'A connection that is kept answers the next request.',
  remedy: 'Answer it, or close the connection; clients wait until their own time is up.',
})

interface Seen {
  readonly first: number
  /** Bytes came after the end of the first response. */
  readonly extra: boolean
  /** Status of the second response, or what happened instead. */
  readonly second: number | 'closed' | 'silent'
}

/** Two requests, one after the other, on one connection. */
export const connectionReuse = probe({
  id: 'http/connection-reuse',
  rules: [kept, extraBytes, closedUnsaid, secondDifferent, secondSilent],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    await using connection = await context.connect()
    const first = await connection.send({ url: context.url.href })
    const { response } = first
    if (response === undefined || !response.complete) {
      // Throws when there was no answer; a page that is too long is no reason to.
      reactionOf(first)
      return { notApplicable: 'the page is longer than what is kept of it' }
    }
    const extra = hasExtra(first)
    if (extra) return { first: response.status, extra, second: response.status }
    const fields = new Fields(response.fields)
    if (lists(fields.get('connection'), 'close')) return { notApplicable: 'the server says Connection: close' }
    if (response.version !== '1.1') return { notApplicable: `the server speaks HTTP/${response.version}` }
    if (response.framing === 'close') return { notApplicable: 'the end of the connection ends the response' }
    const second = await connection.send({ url: context.url.href, deadlineMs: patienceMs })
    const reaction = second.trouble?.kind === 'protocol' ? undefined : reactionOf(second)
    if (reaction === undefined) return { first: response.status, extra: true, second: response.status }
    return {
      first: response.status,
      extra: hasExtra(second),
      second: reaction.kind === 'answered' ? reaction.status : reaction.kind,
    }
  },
  *run({ first, extra, second }: Seen) {
    if (extra) yield extraBytes.at('response.body')
    else if (second === 'closed') yield closedUnsaid.at('second')
    else if (second === 'silent') yield secondSilent.at('second')
    else if (second !== first) yield secondDifferent.at('second.status', { first, second })
    else if (first < 400) yield kept.at('second')
  },
  examples: [
    { title: 'two answers', given: { first: 200, extra: false, second: 200 }, yields: [kept] },
    { title: 'bytes too many', given: { first: 200, extra: true, second: 200 }, yields: [extraBytes] },
    { title: 'closed without a word', given: { first: 200, extra: false, second: 'closed' }, yields: [closedUnsaid] },
    { title: 'the second fails', given: { first: 200, extra: false, second: 400 }, yields: [secondDifferent] },
    { title: 'the second hangs', given: { first: 200, extra: false, second: 'silent' }, yields: [secondSilent] },
    {
      title: 'two error pages, which say nothing of the page',
      given: { first: 404, extra: false, second: 404 },
      yields: [],
    },
  ],
})

function hasExtra({ response }: Exchange): boolean {
  return response?.problems.some(({ code }) => code === 'extra-bytes' || code === 'body-not-allowed') ?? false
}
