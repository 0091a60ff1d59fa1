import { check, document, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const reference = document('Fetch Standard, CORS protocol', 'https://fetch.spec.whatwg.org/#cors-preflight-request')

const needless = rule({
  id: 'http/cors-preflight-needless',
  level: 'info',
  reference,
  says: (e: { fields: readonly string[] }) =>
    `${e.fields.join(', ')} came with an answer to something else than a preflight, where browsers do not read it.`,
  wants: 'Access-Control-Allow-Methods, -Allow-Headers and -Max-Age answer preflights.',
  remedy: 'Send them in answer to OPTIONS only.',
  aka: { redbot: 'CORS_PREFLIGHT_ONLY' },
})

const refused = rule({
  id: 'http/cors-preflight-refused',
  level: 'warning',
  reference,
  says: (e: { status: number }) => `A preflight was answered with ${e.status}; browsers want 200 to 299.`,
  wants: 'Preflights are answered with 2xx, before anything asks who the user is.',
  remedy: 'Answer OPTIONS before authentication and redirects.',
})

const names = ['access-control-allow-methods', 'access-control-allow-headers', 'access-control-max-age']

/** The preflight of CORS (Fetch Standard). */
export const corsPreflight = check({
  id: 'http/cors-preflight',
  rules: [needless, refused],
  *run({ request, response }: Message) {
    const preflight =
      request.method === 'OPTIONS' &&
      request.fields.has('origin') &&
      request.fields.has('access-control-request-method')
    const fields = names.filter((name) => response.fields.has(name))
    if (!preflight && fields.length > 0) yield needless.at('response.fields', { fields })
    if (preflight && (response.status < 200 || response.status > 299))
      yield refused.at('response.status', { status: response.status })
  },
  examples: [
    {
      title: 'a preflight',
      given: given({
        method: 'OPTIONS',
        requestFields: [
          ['Origin', 'https://a.test'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
        status: 204,
        fields: [['Access-Control-Allow-Methods', 'PUT']],
      }),
      yields: [],
    },
    { title: 'an answer to GET', given: given({ fields: [['Access-Control-Max-Age', '60']] }), yields: [needless] },
    {
      title: 'a preflight that must log in',
      given: given({
        method: 'OPTIONS',
        requestFields: [
          ['Origin', 'https://a.test'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
        status: 401,
      }),
      yields: [refused],
    },
  ],
})
