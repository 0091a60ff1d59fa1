import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const present = rule({
  id: 'http/content-not-allowed-present',
  level: 'error',
  reference: rfc(9110, '6.4.1'),
  says: (e: { why: string }) => `Content came ${e.why}, which has none; it is taken for the next response.`,
  wants: 'Responses to HEAD, and 1xx, 204, 205 and 304, have no content.',
  remedy: 'End such responses after the head.',
  aka: { redbot: 'CONTENT_NOT_ALLOWED' },
})

const without = new Set([204, 205, 304])

/** Responses that have no content (RFC 9110 sections 6.4.1, 9.3.2, 15.3.5, 15.3.6 and 15.4.5). */
export const contentNotAllowed = check({
  id: 'http/content-not-allowed',
  rules: [present],
  *run({ request, response, exchange }: Message) {
    const none = request.method === 'HEAD' || without.has(response.status)
    const told = exchange.response?.problems.some(({ code }) => code === 'body-not-allowed') === true
    if (!told && (!none || response.bodyBytes === 0)) return
    const why = request.method === 'HEAD' ? 'in answer to HEAD' : `with a ${response.status}`
    yield present.at('response.content', { why })
  },
  examples: [
    { title: 'a 204 without', given: given({ status: 204 }), yields: [] },
    { title: 'a 200 with', given: given({ body: 'hello' }), yields: [] },
    { title: 'a 205 with', given: given({ status: 205, body: 'hello' }), yields: [present] },
    { title: 'a 304 with', given: given({ status: 304, body: 'hello' }), yields: [present] },
    { title: 'HEAD with', given: given({ method: 'HEAD', body: 'hello' }), yields: [present] },
    {
      title: 'a 204 with bytes behind it',
      given: given({
        status: 204,
        response: { problems: [{ code: 'body-not-allowed', offset: 90, excerpt: 'hello' }] },
      }),
      yields: [present],
    },
  ],
})
