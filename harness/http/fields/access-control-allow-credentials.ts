import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const notTrue = rule({
  id: 'http/access-control-allow-credentials-not-true',
  level: 'warning',
  reference: document(
    'Fetch Standard, CORS protocol',
    'https://fetch.spec.whatwg.org/#http-access-control-allow-credentials',
  ),
  says: (e: { value: string }) =>
    `Access-Control-Allow-Credentials is "${e.value}", and only true in small letters means something.`,
  wants: 'Access-Control-Allow-Credentials is true, or absent.',
  remedy: 'Send "true", or drop the field.',
  aka: { redbot: 'BAD_SYNTAX' },
})

/** Access-Control-Allow-Credentials: `%s"true"` (Fetch Standard). */
export const accessControlAllowCredentials = check({
  id: 'http/access-control-allow-credentials',
  rules: [notTrue],
  applies: ({ response: { fields } }) => fields.has('access-control-allow-credentials'),
  *run({ response }: Message) {
    const [value] = response.fields.all('access-control-allow-credentials')
    if (value !== undefined && value !== 'true') {
      yield notTrue.at('response.fields.access-control-allow-credentials', { value: excerpt(value) })
    }
  },
  examples: [
    { title: 'true', given: given({ fields: [['Access-Control-Allow-Credentials', 'true']] }), yields: [] },
    {
      title: 'true on two lines, which http/singleton-fields tells',
      given: given({
        fields: [
          ['Access-Control-Allow-Credentials', 'true'],
          ['Access-Control-Allow-Credentials', 'true'],
        ],
      }),
      yields: [],
    },
    { title: 'True', given: given({ fields: [['Access-Control-Allow-Credentials', 'True']] }), yields: [notTrue] },
    { title: 'false', given: given({ fields: [['Access-Control-Allow-Credentials', 'false']] }), yields: [notTrue] },
  ],
})
