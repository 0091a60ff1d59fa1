import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const metadata = rule({
  id: 'http/not-modified-metadata',
  level: 'info',
  reference: rfc(9110, '15.4.5'),
  says: (e: { fields: readonly string[] }) =>
    `A 304 carries ${e.fields.join(', ')}, which can overwrite what caches hold.`,
  wants: 'A 304 carries what updates a stored response, and nothing that describes content it has not.',
  remedy: 'Leave these fields out of 304.',
  aka: { redbot: 'HEADER_SHOULD_NOT_BE_IN_304' },
})

const dateMissing = rule({
  id: 'http/not-modified-date-missing',
  level: 'info',
  reference: rfc(9110, '15.4.5'),
  says: () => 'A 304 has no Date, so caches cannot bring theirs up to date.',
  wants: '304 has the Date that a 200 would have had.',
  remedy: 'Send Date.',
  aka: { redbot: 'NO_DATE_304' },
})

/** 304: which fields do not belong (RFC 9110 section 15.4.5). */
export const notModified = check({
  id: 'http/not-modified',
  rules: [metadata, dateMissing],
  applies: ({ response }) => response.status === 304,
  *run({ response }: Message) {
    if (response.status !== 304) return
    if (!response.fields.has('date')) yield dateMissing.at('response.fields.date')
    const fields = ['content-encoding', 'content-language', 'content-type'].filter((name) => response.fields.has(name))
    if (fields.length > 0) yield metadata.at('response.fields', { fields })
  },
  examples: [
    {
      title: 'validators and Vary',
      given: given({
        status: 304,
        fields: [
          ['ETag', '"a"'],
          ['Vary', 'Accept'],
        ],
      }),
      yields: [dateMissing],
    },
    {
      title: 'a type',
      given: given({ status: 304, fields: [['Content-Type', 'text/html']] }),
      yields: [metadata, dateMissing],
    },
    { title: 'a page', given: given(), yields: [] },
  ],
})
