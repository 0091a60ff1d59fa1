import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/status-line-malformed',
  level: 'error',
  reference: rfc(9112, '4'),
  says: (e: { excerpt: string }) => `The status line is "${e.excerpt}", which does not parse.`,
  wants: 'The status line is HTTP/1.1, a space, three digits, a space, a reason.',
  remedy: 'Let a library write the status line.',
  aka: { redbot: 'STATUS_CODE_NON_NUMERIC' },
})

const headless = rule({
  id: 'http/status-line-headless',
  level: 'error',
  reference: rfc(9112, '4'),
  says: (e: { excerpt: string }) => `The answer has no head: it begins with "${e.excerpt}".`,
  wants: 'A response begins with a status line.',
  remedy: 'Something other than HTTP/1.1 answers on this port: look what it is.',
})

const outOfRange = rule({
  id: 'http/status-line-out-of-range',
  level: 'error',
  reference: rfc(9110, '15'),
  says: (e: { status: number }) => `The status is ${e.status}, outside 100 to 599; clients treat it as a server error.`,
  wants: 'The status lies between 100 and 599.',
  remedy: 'Send a registered status.',
  aka: { redbot: 'STATUS_NONSTANDARD' },
})

const reasonEncoded = rule({
  id: 'http/status-line-reason-non-ascii',
  level: 'warning',
  reference: rfc(9112, '4'),
  says: (e: { reason: string }) => `The reason phrase "${e.reason}" has bytes beyond ASCII.`,
  wants: 'The reason phrase is ASCII, or empty.',
  remedy: 'Say it in the content; few clients show the reason.',
  aka: { redbot: 'STATUS_PHRASE_ENCODING' },
})

/** The status line (RFC 9112 section 4). */
export const statusLine = check({
  id: 'http/status-line',
  rules: [malformed, headless, outOfRange, reasonEncoded],
  *run({ response, exchange }: Message) {
    const problems = exchange.response?.problems ?? []
    const bad = problems.find(({ code }) => code === 'status-line-malformed')
    const bare = problems.find(({ code }) => code === 'http-09')
    if (bad !== undefined) yield malformed.at('response.status-line', { excerpt: excerpt(bad.excerpt) })
    if (bare !== undefined) yield headless.at('response.status-line', { excerpt: excerpt(bare.excerpt) })
    if (bad !== undefined || bare !== undefined) return
    if (response.status < 100 || response.status > 599)
      yield outOfRange.at('response.status', { status: response.status })
    if (/[^\t\x20-\x7e]/.test(response.reason)) {
      yield reasonEncoded.at('response.reason', { reason: excerpt(response.reason) })
    }
  },
  examples: [
    { title: '200 OK', given: given(), yields: [] },
    { title: 'no reason', given: given({ reason: '' }), yields: [] },
    {
      title: 'two digits',
      given: given({
        status: 0,
        response: { problems: [{ code: 'status-line-malformed', offset: 0, excerpt: 'HTTP/1.1 20 OK' }] },
      }),
      yields: [malformed],
    },
    {
      title: 'HTML and nothing before it',
      given: given({ response: { problems: [{ code: 'http-09', offset: 0, excerpt: '<html>' }] } }),
      yields: [headless],
    },
    { title: '999', given: given({ status: 999 }), yields: [outOfRange] },
    { title: 'an umlaut', given: given({ reason: 'Ung\u00fcltig' }), yields: [reasonEncoded] },
  ],
})
