import { check, rfc, rule } from '../../kernel/index.ts'
import { isUnstorable } from '../cacheability.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const missing = rule({
  id: 'http/absent-vary-missing',
  level: 'warning',
  reference: rfc(9110, '12.5.5'),
  says: (e: { coding: string }) =>
    `The content is coded with ${e.coding} and Vary does not name Accept-Encoding, so a cache may give it to clients that cannot read it.`,
  wants: 'Content that was coded by Accept-Encoding says Vary: Accept-Encoding.',
  remedy: 'nginx: gzip_vary on; otherwise add Accept-Encoding to Vary, on the plain variant too.',
})

/** Vary on coded content (RFC 9110 section 12.5.5). */
export const absentVary = check({
  id: 'http/absent-vary',
  rules: [missing],
  applies: ({ response }) => response.fields.has('content-encoding'),
  *run(message: Message) {
    const { fields } = message.response
    const coding = fields.get('content-encoding')
    if (coding === undefined || isUnstorable(message)) return
    const vary = splitList(fields.get('vary')?.toLowerCase() ?? '')
    if (!vary.includes('accept-encoding') && !vary.includes('*'))
      yield missing.at('response.fields.vary', { coding: excerpt(coding) })
  },
  examples: [
    { title: 'plain content', given: given({ body: 'hello' }), yields: [] },
    {
      title: 'Vary before the coding',
      given: given({
        fields: [
          ['Vary', 'Origin, accept-encoding'],
          ['Content-Encoding', 'gzip'],
        ],
      }),
      yields: [],
    },
    {
      title: 'Vary of something else',
      given: given({
        fields: [
          ['Content-Encoding', 'gzip'],
          ['Vary', 'Origin'],
        ],
      }),
      yields: [missing],
    },
  ],
})
