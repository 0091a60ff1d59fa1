import { check, rfc, rule } from '../../kernel/index.ts'
import { explicitLifetime, isUnstorable } from '../cacheability.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const shareable = rule({
  id: 'http/authorized-shareable',
  level: 'warning',
  reference: rfc(9111, '3.5'),
  says: (e: { directive: string; lifetime: number }) =>
    `The request was authorized, and ${e.directive} lets shared caches give the answer to others for ${e.lifetime} seconds.`,
  wants: 'Answers to authorized requests are private.',
  remedy: 'Send Cache-Control: private, unless everybody may see this.',
  aka: { redbot: 'STORE_PUBLIC_AUTH' },
})

/** Answers to requests with Authorization in shared caches (RFC 9111 section 3.5). */
export const authorized = check({
  id: 'http/authorized',
  rules: [shareable],
  *run(message: Message) {
    const { request, response } = message
    if (!request.fields.has('authorization') || isUnstorable(message)) return
    const directives = cacheControlOf(response.fields)
    const directive = ['public', 's-maxage', 'must-revalidate'].find((name) => directives.has(name))
    const lifetime = Math.round(explicitLifetime(message, 'shared') ?? 0)
    if (directive === undefined || lifetime <= 0 || directives.has('private') || directives.has('no-cache')) return
    yield shareable.at('response.fields.cache-control', { directive, lifetime })
  },
  examples: [
    {
      title: 'without one of the three, shared caches keep away',
      given: given({ requestFields: [['Authorization', 'Basic eA==']], fields: [['Cache-Control', 'max-age=60']] }),
      yields: [],
    },
    { title: 'nobody was authorized', given: given({ fields: [['Cache-Control', 'public, max-age=60']] }), yields: [] },
    {
      title: 'public',
      given: given({
        requestFields: [['Authorization', 'Basic eA==']],
        fields: [['Cache-Control', 'public, max-age=60']],
      }),
      yields: [shareable],
    },
  ],
})
