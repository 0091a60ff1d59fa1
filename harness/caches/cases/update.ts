import { rfc } from '../../kernel/index.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

/** Fields that a 304 must bring up to date, with two values each. */
const fields: readonly (readonly [name: string, before: string, after: string])[] = [
  ['Test-Header', 'one', 'two'],
  ['X-Test-Header', 'one', 'two'],
  ['Content-Foo', 'one', 'two'],
  ['X-Content-Foo', 'one', 'two'],
  ['Content-Type', 'text/plain', 'text/plain;charset=utf-8'],
  ['Content-MD5', 'rL0Y20zC+Fzt72VPzMSk2A==', 'N7UdGUp1E+RbVvZSTy1R8g=='],
  ['Content-Location', '/foo', '/bar'],
  ['Content-Security-Policy', "default-src 'self'", "default-src 'self' cdn.example.com"],
  ['X-Frame-Options', 'deny', 'sameorigin'],
  ['Clear-Site-Data', '"cache"', '"cookies"'],
  ['Cache-Control', 'max-age=1', 'max-age=3600'],
  ['Expires', 'Fri, 01 Jan 2038 01:01:01 GMT', 'Mon, 11 Jan 2038 11:11:11 GMT'],
  ['Set-Cookie', 'a=b', 'a=c'],
]

const validators = [
  ['etag', 'ETag', '"abc"'],
  ['lm', 'Last-Modified', '{start-86400}'],
] as const

function updated(
  [field, before, after]: (typeof fields)[number],
  [kind, validator, value]: (typeof validators)[number],
  where: 'response' | 'stored',
): CaseInput {
  const answer = (seconds: number, fieldValue: string) => ({
    fields: [
      ...(field === 'Cache-Control' ? [] : [['Cache-Control', `max-age=${seconds}`] as const]),
      [validator, value] as const,
      [field, fieldValue] as const,
    ],
  })
  const got = { fields: [[field, after]] as const }
  const validation = { from: 'validation' as const }
  return {
    name: `${kind}-${where}-${field.toLowerCase()}`,
    title:
      where === 'response'
        ? `The ${field} of a 304 is given to the client, where ${validator} was asked with.`
        : `The ${field} of a 304 is stored, where ${validator} was asked with.`,
    level: 'required',
    reference: rfc(9111, '3.2'),
    ...(kind === 'etag' && where === 'response' && { aka: `304-etag-update-response-${field}` }),
    needs: [kind === 'etag' ? 'caches/validation-etag' : 'caches/validation-last-modified'],
    requests: [
      { answer: answer(1, before) },
      where === 'response'
        ? { after: 2.5, answer: answer(3600, after), given: validation, expect: got }
        : { after: 2.5, answer: answer(3600, after), given: validation },
      ...(where === 'response' ? [] : [{ given: { from: 'cache' as const }, expect: got }]),
    ],
  }
}

/** What a 304 says of the stored answer. */
export const updateCases = topic({
  id: 'caches/update',
  remedy:
    'Let the cache replace the stored fields by those of the 304, all but Content-Length, Content-Encoding and Content-Range.',
  cases: [
    {
      name: 'kept',
      title: 'A field that the 304 leaves out stays as it was stored.',
      level: 'required',
      reference: rfc(9111, '3.2'),
      aka: '304-lm-use-stored-Test-Header',
      needs: ['caches/validation-last-modified'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1'],
              ['Last-Modified', '{start-86400}'],
              ['Test-Header', 'one'],
            ],
          },
        },
        {
          after: 2.5,
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['Last-Modified', '{start-86400}'],
            ],
          },
          given: { from: 'validation' },
          expect: { fields: [['Test-Header', 'one']] },
        },
      ],
    },
    ...validators.flatMap((validator) =>
      fields.flatMap((field) => [updated(field, validator, 'response'), updated(field, validator, 'stored')]),
    ),
  ],
})
