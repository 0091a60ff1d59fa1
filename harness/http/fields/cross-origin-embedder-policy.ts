import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseItem } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.cross-origin-embedder-policy'
const reference = document(
  'HTML Standard, Cross-Origin-Embedder-Policy',
  'https://html.spec.whatwg.org/multipage/browsers.html#the-coep-headers',
)

const unknown = rule({
  id: 'http/cross-origin-embedder-policy-unknown',
  level: 'error',
  reference,
  says: (e: { value: string }) => `Cross-Origin-Embedder-Policy is "${e.value}", which browsers take for unsafe-none.`,
  wants: 'The policy is require-corp, credentialless or unsafe-none, unquoted, once.',
  remedy: 'Send "require-corp" or "credentialless".',
})

const unsafe = rule({
  id: 'http/cross-origin-embedder-policy-unsafe',
  level: 'info',
  reference,
  says: () => 'Cross-Origin-Embedder-Policy is unsafe-none, which is the same as not sending it.',
  wants: 'The policy asks something of what is embedded.',
  remedy: 'Send require-corp or credentialless where cross-origin isolation is wanted, otherwise nothing.',
})

const policies = new Set(['require-corp', 'credentialless', 'unsafe-none'])

/** Cross-Origin-Embedder-Policy: a Structured Field Token (HTML Standard). */
export const crossOriginEmbedderPolicy = check({
  id: 'http/cross-origin-embedder-policy',
  rules: [unknown, unsafe],
  applies: ({ response }) => response.fields.has('cross-origin-embedder-policy'),
  *run({ response }: Message) {
    const value = response.fields.get('cross-origin-embedder-policy')
    if (value === undefined) return
    const item = parseItem(value)?.item
    if (item?.type !== 'token' || !policies.has(item.text)) yield unknown.at(place, { value: excerpt(value) })
    else if (item.text === 'unsafe-none') yield unsafe.at(place)
  },
  examples: [
    {
      title: 'require-corp, with reports',
      given: given({ fields: [['Cross-Origin-Embedder-Policy', 'require-corp; report-to="coep"']] }),
      yields: [],
    },
    {
      title: 'a string',
      given: given({ fields: [['Cross-Origin-Embedder-Policy', '"require-corp"']] }),
      yields: [unknown],
    },
    {
      title: 'a capital',
      given: given({ fields: [['Cross-Origin-Embedder-Policy', 'Require-Corp']] }),
      yields: [unknown],
    },
    {
      title: 'unsafe-none',
      given: given({ fields: [['Cross-Origin-Embedder-Policy', 'unsafe-none']] }),
      yields: [unsafe],
    },
  ],
})
