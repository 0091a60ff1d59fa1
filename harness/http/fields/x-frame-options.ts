import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.x-frame-options'

const unknown = rule({
  id: 'http/x-frame-options-unknown',
  level: 'error',
  reference: rfc(7034, '2.1'),
  says: (e: { value: string }) => `X-Frame-Options is "${e.value}", which browsers ignore: anybody may frame the page.`,
  wants: 'X-Frame-Options is DENY or SAMEORIGIN.',
  remedy: 'Send DENY or SAMEORIGIN; for other origins use Content-Security-Policy: frame-ancestors.',
  aka: { redbot: 'FRAME_OPTIONS_UNKNOWN' },
})

const conflicting = rule({
  id: 'http/x-frame-options-conflicting',
  level: 'warning',
  reference: document(
    'HTML Standard, X-Frame-Options',
    'https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header',
  ),
  says: (e: { value: string }) =>
    `X-Frame-Options is "${e.value}": values that differ, so browsers refuse every frame.`,
  wants: 'X-Frame-Options says one thing.',
  remedy: 'Find the second place that sets it.',
})

const deny = note(
  'http/x-frame-options-deny',
  'FRAME_OPTIONS_DENY',
  rfc(7034, '2.1'),
  () => 'X-Frame-Options asks that nobody frame the page.',
  'good',
)
const sameOrigin = note(
  'http/x-frame-options-same-origin',
  'FRAME_OPTIONS_SAMEORIGIN',
  rfc(7034, '2.1'),
  () => 'X-Frame-Options asks that only the same origin frame the page.',
  'good',
)

/** What one line asks for; the stricter where it asks for both. */
function wish(line: string): typeof deny | typeof sameOrigin | undefined {
  const values = splitList(line.toLowerCase())
  if (values.includes('deny')) return deny
  return values.includes('sameorigin') ? sameOrigin : undefined
}

/** X-Frame-Options: DENY or SAMEORIGIN (RFC 7034 section 2.1; how it is read: HTML Standard). */
export const xFrameOptions = check({
  id: 'http/x-frame-options',
  rules: [unknown, conflicting, deny, sameOrigin],
  applies: ({ response }) => response.fields.has('x-frame-options'),
  *run({ response }: Message) {
    const value = response.fields.get('x-frame-options')
    if (value === undefined) return
    const values = new Set(splitList(value.toLowerCase()))
    const known = response.fields
      .all('x-frame-options')
      .map(wish)
      .find((each) => each !== undefined)
    if (known === undefined) yield unknown.at(place, { value: excerpt(value) })
    else {
      yield known.at(place)
      if (values.size > 1) yield conflicting.at(place, { value: excerpt(value) })
    }
  },
  examples: [
    { title: 'deny', given: given({ fields: [['X-Frame-Options', 'deny']] }), yields: [deny] },
    { title: 'none', given: given(), yields: [] },
    {
      title: 'the same twice',
      given: given({
        fields: [
          ['X-Frame-Options', 'SAMEORIGIN'],
          ['X-Frame-Options', 'SAMEORIGIN'],
        ],
      }),
      yields: [sameOrigin],
    },
    {
      title: 'ALLOW-FROM, which browsers dropped',
      given: given({ fields: [['X-Frame-Options', 'ALLOW-FROM https://a.test/']] }),
      yields: [unknown],
    },
    {
      title: 'something behind a semicolon, which the grammar does not know',
      given: given({ fields: [['X-Frame-Options', 'SAMEORIGIN; a']] }),
      yields: [unknown],
    },
    {
      title: 'both in one line',
      given: given({ fields: [['X-Frame-Options', 'SAMEORIGIN, DENY']] }),
      yields: [conflicting, deny],
    },
    {
      title: 'two lines, of which the first is told',
      given: given({
        fields: [
          ['X-Frame-Options', 'SAMEORIGIN'],
          ['X-Frame-Options', 'DENY'],
        ],
      }),
      yields: [conflicting, sameOrigin],
    },
    {
      title: 'a value that nobody knows, and one that browsers heed',
      given: given({
        fields: [
          ['X-Frame-Options', 'NOBODY'],
          ['X-Frame-Options', 'DENY'],
        ],
      }),
      yields: [conflicting, deny],
    },
  ],
})
