import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const alone = rule({
  id: 'http/pragma-alone',
  level: 'warning',
  reference: rfc(9111, '5.4'),
  says: (e: { value: string }) =>
    `Pragma is "${e.value}", and caches do not read it in responses; there is no Cache-Control.`,
  wants: 'What caches should do is said in Cache-Control.',
  remedy: 'Send Cache-Control: no-cache (or no-store) instead.',
})

const needless = rule({
  id: 'http/pragma-needless',
  level: 'info',
  reference: rfc(9111, '5.4'),
  says: (e: { value: string }) => `Pragma is "${e.value}", which means nothing in a response.`,
  wants: 'Responses carry no Pragma.',
  remedy: 'Drop it; Cache-Control says all.',
})

/** Pragma: deprecated, and never defined for responses (RFC 9111 section 5.4). */
export const pragma = check({
  id: 'http/pragma',
  rules: [alone, needless],
  applies: ({ response }) => response.fields.has('pragma'),
  *run({ response }: Message) {
    const value = response.fields.get('pragma')
    if (value === undefined) return
    const said = response.fields.has('cache-control')
    yield (said ? needless : alone).at('response.fields.pragma', { value: excerpt(value) })
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    { title: 'alone', given: given({ fields: [['Pragma', 'no-cache']] }), yields: [alone] },
    {
      title: 'beside Cache-Control',
      given: given({
        fields: [
          ['Pragma', 'no-cache'],
          ['Cache-Control', 'no-store'],
        ],
      }),
      yields: [needless],
    },
  ],
})
