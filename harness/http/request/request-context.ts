import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const unsafe = rule({
  id: 'http/request-context-referer-insecure',
  level: 'warning',
  reference: rfc(9110, '10.1.3'),
  says: () => 'Referer tells an https address in a request over plain http.',
  wants: 'What was read over https is not told over http.',
  remedy: 'Set a Referrer-Policy that keeps it back.',
  aka: { redbot: 'REFERER_SECURE_TO_INSECURE' },
})
const elsewhere = rule({
  id: 'http/request-context-referer-elsewhere',
  level: 'info',
  reference: rfc(9110, '17.9'),
  says: () => 'Referer tells an https address to another origin.',
  wants: 'Other origins learn no addresses.',
  remedy: 'Set Referrer-Policy: strict-origin-when-cross-origin.',
  aka: { redbot: 'REFERER_SECURE_TO_DIFFERENT_ORIGIN' },
})
const idle = rule({
  id: 'http/request-context-max-forwards-ignored',
  level: 'warning',
  reference: rfc(9110, '7.6.2'),
  says: (e: { method: string }) => `Max-Forwards counts for TRACE and OPTIONS, not for ${e.method}.`,
  wants: 'Max-Forwards is sent with TRACE and OPTIONS only.',
  remedy: 'Drop the field.',
  aka: { redbot: 'MAX_FORWARDS_IGNORED' },
})
const pragma = rule({
  id: 'http/request-context-pragma-other',
  level: 'warning',
  reference: rfc(9111, '5.4'),
  says: (e: { value: string }) => `Pragma is "${e.value}"; only no-cache was ever defined.`,
  wants: 'Pragma is no-cache, or absent.',
  remedy: 'Drop the field; Cache-Control is in its place.',
  aka: { redbot: 'PRAGMA_OTHER' },
})

/** What a request tells of where it comes from and how far it goes (RFC 9110 sections 7.6.2 and 10.1.3). */
export const requestContext = check({
  id: 'http/request-context',
  rules: [unsafe, elsewhere, idle, pragma],
  *run({ url, request: { method, fields } }: Message) {
    const [referer] = fields.all('referer')
    const from = referer === undefined ? null : URL.parse(referer)
    if (from?.protocol === 'https:' || from?.protocol === 'wss:') {
      const place = 'request.fields.referer'
      if (url.protocol === 'http:' || url.protocol === 'ws:') yield unsafe.at(place)
      if (from.origin !== url.origin) yield elsewhere.at(place)
    }
    if (fields.has('max-forwards') && method !== 'TRACE' && method !== 'OPTIONS')
      yield idle.at('request.fields.max-forwards', { method: excerpt(method) })
    const value = fields.get('pragma')
    if (value !== undefined && splitList(value.toLowerCase()).some((member) => member !== 'no-cache'))
      yield pragma.at('request.fields.pragma', { value: excerpt(value) })
  },
  examples: [
    {
      title: 'the same origin',
      given: given({
        url: 'https://a.test/b',
        requestFields: [
          ['Referer', 'https://a.test/a'],
          ['Pragma', 'no-cache'],
        ],
      }),
      yields: [],
    },
    {
      title: 'from https to http',
      given: given({ url: 'http://a.test/', requestFields: [['Referer', 'https://a.test/']] }),
      yields: [unsafe, elsewhere],
    },
    { title: 'GET with a limit', given: given({ requestFields: [['Max-Forwards', '1']] }), yields: [idle] },
    { title: 'Pragma of its own', given: given({ requestFields: [['Pragma', 'a']] }), yields: [pragma] },
  ],
})
