import { check, document } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.access-control-allow-origin'
const corsCheck = document('Fetch Standard, CORS check', 'https://fetch.spec.whatwg.org/#concept-cors-check')

type Seen = { readonly origin: string }
const match = note(
  'http/cors-origin-match',
  'CORS_ORIGIN_MATCH',
  corsCheck,
  (e: Seen) => `Scripts of ${e.origin} may read the response.`,
)
const mismatch = note(
  'http/cors-origin-mismatch',
  'CORS_ORIGIN_MISMATCH',
  corsCheck,
  (e: Seen) => `Scripts of ${e.origin} may not read the response; another origin may.`,
)
const nobody = note(
  'http/cors-origin-null',
  'CORS_ORIGIN_NULL',
  corsCheck,
  () => 'Access-Control-Allow-Origin is null, which names no site.',
)
const everybody = note(
  'http/cors-origin-star',
  'CORS_ORIGIN_STAR',
  corsCheck,
  () => 'Scripts of any origin may read the response.',
)
const preflight = note(
  'http/cors-origin-preflight',
  'CORS_PREFLIGHT_RESPONSE',
  document('Fetch Standard, CORS-preflight fetch', 'https://fetch.spec.whatwg.org/#cors-preflight-fetch'),
  () => 'This answers a CORS preflight.',
)

/** Whether the origin that asks may read the response (Fetch Standard). */
export const corsOrigin = check({
  id: 'http/cors-origin',
  rules: [match, mismatch, nobody, everybody, preflight],
  applies: ({ request }) => request.fields.has('origin'),
  *run({ request, response }: Message) {
    const [asks] = request.fields.all('origin')
    if (asks === undefined) return
    if (request.method === 'OPTIONS' && request.fields.has('access-control-request-method'))
      yield preflight.at('response')
    const [value] = response.fields.all('access-control-allow-origin')
    const origin = excerpt(asks)
    if (value === undefined) return
    if (value === '*') yield everybody.at(place)
    else if (value === 'null') yield nobody.at(place)
    else yield (value === asks ? match : mismatch).at(place, { origin })
  },
  examples: [
    { title: 'nobody asks', given: given({ fields: [['Access-Control-Allow-Origin', '*']] }), yields: [] },
    { title: 'any', given: answer('*'), yields: [everybody] },
    { title: 'null', given: answer('null'), yields: [nobody] },
    { title: 'the one that asks', given: answer('https://a.test'), yields: [match] },
    { title: 'another', given: answer('https://b.test'), yields: [mismatch] },
    {
      title: 'a preflight',
      given: given({
        method: 'OPTIONS',
        requestFields: [
          ['Origin', 'https://a.test'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
      }),
      yields: [preflight],
    },
  ],
})

function answer(allowed: string): Message {
  return given({ requestFields: [['Origin', 'https://a.test']], fields: [['Access-Control-Allow-Origin', allowed]] })
}
