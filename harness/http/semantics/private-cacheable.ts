import { explicitLifetime, heuristicStatuses, isUnstorable } from '../cacheability.ts'
import { check, rfc, rule } from '../../kernel/index.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.cache-control'

const cookie = rule({
  id: 'http/private-cacheable-cookie',
  level: 'warning',
  reference: rfc(9111, '7.3'),
  says: (e: { lifetime: number }) =>
    `A response that sets a cookie may be served by shared caches for ${e.lifetime} seconds: one user's cookie to all.`,
  wants: 'Responses that set cookies are private, or not cached.',
  remedy: 'Send Cache-Control: private, or set the cookie elsewhere.',
})

const unsaid = rule({
  id: 'http/private-cacheable-unsaid',
  level: 'warning',
  reference: rfc(9111, '7.3'),
  says: () =>
    'A response that sets a cookie does not say that shared caches should keep away, and they may keep it as they like.',
  wants: 'Responses that set cookies are private, or not cached.',
  remedy: 'Send Cache-Control: private, or no-store.',
})

const authorized = rule({
  id: 'http/private-cacheable-authorized',
  level: 'warning',
  reference: rfc(9111, '3.5'),
  says: (e: { directive: string; lifetime: number }) =>
    `The request was authorized, and ${e.directive} lets shared caches give the answer to others for ${e.lifetime} seconds.`,
  wants: 'Answers to authorized requests are private.',
  remedy: 'Send Cache-Control: private, unless everybody may see this.',
})

/** What belongs to one user, and whether shared caches may keep it (RFC 9111 sections 3.5 and 7.3). */
export const privateCacheable = check({
  id: 'http/private-cacheable',
  rules: [cookie, unsaid, authorized],
  *run(message: Message) {
    const { request, response } = message
    const directives = cacheControlOf(response.fields)
    if (isUnstorable(message) || directives.has('private') || directives.has('no-cache')) return
    const said = explicitLifetime(message, 'shared')
    const lifetime = Math.round(said ?? 0)
    if (response.fields.has('set-cookie')) {
      if (lifetime > 0) yield cookie.at(place, { lifetime })
      else if (said === undefined && heuristicStatuses.has(response.status)) yield unsaid.at(place)
    }
    const directive = ['public', 's-maxage', 'must-revalidate'].find((name) => directives.has(name))
    if (request.fields.has('authorization') && directive !== undefined && lifetime > 0) {
      yield authorized.at(place, { directive, lifetime })
    }
  },
  examples: [
    {
      title: 'a cookie for one user',
      given: given({
        fields: [
          ['Cache-Control', 'private, max-age=60'],
          ['Set-Cookie', 'a=b'],
        ],
      }),
      yields: [],
    },
    {
      title: 'a cookie with a redirect, which nobody keeps unasked',
      given: given({
        status: 302,
        fields: [
          ['Location', '/a'],
          ['Set-Cookie', 'a=b'],
        ],
      }),
      yields: [],
    },
    {
      title: 'a cookie that is stale at once',
      given: given({
        fields: [
          ['Expires', '0'],
          ['Set-Cookie', 'a=b'],
        ],
      }),
      yields: [],
    },
    {
      title: 'without one of the three, shared caches keep away',
      given: given({ requestFields: [['Authorization', 'Basic eA==']], fields: [['Cache-Control', 'max-age=60']] }),
      yields: [],
    },
    {
      title: 'a cookie for everybody',
      given: given({
        fields: [
          ['Set-Cookie', 'a=b'],
          ['Cache-Control', 'public, max-age=60'],
        ],
      }),
      yields: [cookie],
    },
    { title: 'a cookie, and not a word', given: given({ fields: [['Set-Cookie', 'a=b']] }), yields: [unsaid] },
    {
      title: 'public after a password',
      given: given({
        requestFields: [['Authorization', 'Basic eA==']],
        fields: [['Cache-Control', 'public, max-age=60']],
      }),
      yields: [authorized],
    },
  ],
})
