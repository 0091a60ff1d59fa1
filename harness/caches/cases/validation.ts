import { rfc } from '../../kernel/index.ts'
import type { FieldPairs, Wanted } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const sending = rfc(9111, '4.3.1')
const brief = ['Cache-Control', 'max-age=1'] as const

/** An answer that becomes stale, and what the cache then asks and gives. */
function stale(
  name: string,
  title: string,
  validators: FieldPairs,
  expect: Wanted,
  { given, sent = [], ...rest }: Partial<CaseInput> & { readonly given?: Wanted; readonly sent?: FieldPairs } = {},
): CaseInput {
  return {
    name,
    title,
    level: 'optional',
    reference: sending,
    needs: ['caches/freshness-max-age'],
    requests: [
      { fields: sent, answer: { fields: [brief, ...validators] } },
      { after: 2.5, fields: sent, expect, answer: { fields: validators }, ...(given !== undefined && { given }) },
    ],
    ...rest,
  }
}

/** Conditional requests that the cache makes, and what comes of the answers. */
export const validationCases = topic({
  id: 'caches/validation',
  remedy: 'Let the cache ask with If-None-Match and If-Modified-Since when what it has is stale.',
  cases: [
    stale(
      'etag',
      'A stale answer with a strong ETag is validated with If-None-Match.',
      [['ETag', '"abcdef"']],
      { from: 'validation', asked: { fields: [['If-None-Match', '"abcdef"']] } },
      { aka: 'conditional-etag-strong-generate' },
    ),
    stale(
      'etag-weak',
      'A stale answer with a weak ETag is validated with If-None-Match.',
      [['ETag', 'W/"abcdef"']],
      { from: 'validation', asked: { fields: [['If-None-Match', 'W/"abcdef"']] } },
      { aka: 'conditional-etag-weak-generate-weak' },
    ),
    stale(
      'etag-unquoted',
      'An ETag without quotes gets them when the cache asks with it.',
      [['ETag', 'abcdef']],
      { asked: { fields: [['If-None-Match', '"abcdef"']] } },
      { level: 'observation', aka: 'conditional-etag-strong-generate-unquoted', given: {} },
    ),
    stale(
      'last-modified',
      'A stale answer with Last-Modified is validated with If-Modified-Since.',
      [['Last-Modified', '{start-3000}']],
      { from: 'validation', validator: 'last-modified' },
      {},
    ),
    stale(
      'both',
      'A stale answer with both validators is validated with If-None-Match.',
      [
        ['ETag', '"abcdef"'],
        ['Last-Modified', '{start-3000}'],
      ],
      { from: 'validation', validator: 'etag' },
      { level: 'required', needs: ['caches/validation-etag'] },
    ),
    stale(
      'status',
      'A client that asked for everything gets a 200 after the origin said 304.',
      [['ETag', '"abcdef"']],
      { status: 200 },
      {
        level: 'required',
        reference: rfc(9111, '4.3.3'),
        needs: ['caches/validation-etag'],
        given: { from: 'validation' },
      },
    ),
    stale(
      'vary-field',
      'A request that validates carries the fields that Vary names.',
      [
        ['ETag', '"abcdef"'],
        ['Vary', 'Abc'],
      ],
      { asked: { fields: [['Abc', '123']] } },
      {
        level: 'required',
        reference: sending,
        aka: 'conditional-etag-vary-headers',
        needs: ['caches/validation-etag', 'caches/vary-match'],
        given: { from: 'validation' },
        sent: [['Abc', '123']],
      },
    ),
    {
      name: 'vary-mismatch',
      title: 'The ETag of an answer that does not suit is not what the cache asks with alone.',
      level: 'observation',
      reference: rfc(9111, '4.1'),
      aka: 'conditional-etag-vary-headers-mismatch',
      needs: ['caches/vary-no-match', 'caches/validation-etag'],
      requests: [
        {
          fields: [['Abc', '123']],
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['ETag', '"abcdef"'],
              ['Vary', 'Abc'],
            ],
          },
        },
        { fields: [['Abc', '456']], given: { from: 'origin' }, expect: { asked: { absent: ['If-None-Match'] } } },
      ],
    },
    {
      name: 'changed',
      title: 'A new answer to a request that validates takes the place of the stored one.',
      level: 'required',
      reference: rfc(9111, '4.3.3'),
      needs: ['caches/validation-etag'],
      requests: [
        { answer: { fields: [brief, ['ETag', '"a"']] } },
        {
          after: 2.5,
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['ETag', '"b"'],
            ],
            conditional: false,
          },
          given: { from: 'origin' },
        },
        { given: { from: 'cache' }, expect: { answerOf: 2 } },
      ],
    },
    {
      name: 'prolonged',
      title: 'After a 304 the stored answer is fresh for as long as the 304 says.',
      level: 'required',
      reference: rfc(9111, '4.3.4'),
      needs: ['caches/validation-etag'],
      requests: [
        { answer: { fields: [brief, ['ETag', '"a"']] } },
        {
          after: 2.5,
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['ETag', '"a"'],
            ],
          },
          given: { from: 'validation' },
        },
        { after: 2.5, expect: { from: 'cache', answerOf: 1 } },
      ],
    },
    {
      name: 'prolonged-expires',
      title: 'After a 304 the stored answer is fresh until the Expires of the 304.',
      level: 'required',
      reference: rfc(9111, '4.3.4'),
      needs: ['caches/validation-etag', 'caches/expires-future'],
      requests: [
        {
          answer: {
            fields: [
              ['Expires', '{now+1}'],
              ['Date', '{now}'],
              ['ETag', '"a"'],
            ],
          },
        },
        {
          after: 3,
          answer: {
            fields: [
              ['Expires', '{now+7200}'],
              ['Date', '{now}'],
              ['ETag', '"a"'],
            ],
          },
          given: { from: 'validation' },
        },
        { after: 1.5, expect: { from: 'cache', answerOf: 1 } },
      ],
    },
    {
      name: 'condition-stored',
      title: 'A 200 to a client that asked conditionally is stored for others.',
      level: 'optional',
      reference: rfc(9111, '3'),
      needs: ['caches/freshness-max-age'],
      requests: [
        {
          fields: [['If-None-Match', '"mine"']],
          answer: {
            fields: [
              ['ETag', '"other"'],
              ['Cache-Control', 'max-age=3600'],
            ],
          },
        },
        { expect: { from: 'cache', status: 200 } },
      ],
    },
    {
      name: 'error',
      title: 'A 500 to a request that validates is not taken for a 304.',
      level: 'required',
      reference: rfc(9111, '4.3.3'),
      needs: ['caches/validation-etag'],
      requests: [
        {
          answer: {
            fields: [
              ['Cache-Control', 'max-age=1, must-revalidate'],
              ['ETag', '"a"'],
            ],
          },
        },
        { after: 2.5, answer: { status: 500, conditional: false }, expect: { from: 'not-cache' } },
      ],
    },
    {
      name: 'content-length',
      title: 'A 304 that gives a Content-Length does not change the length of what is stored.',
      level: 'required',
      reference: rfc(9111, '3.2'),
      aka: '304-etag-update-response-Content-Length',
      needs: ['caches/validation-etag'],
      requests: [
        { answer: { fields: [brief, ['ETag', '"a"']], body: 'ten bytes.' } },
        {
          after: 2.5,
          answer: {
            fields: [
              ['Cache-Control', 'max-age=3600'],
              ['ETag', '"a"'],
              ['Content-Length', '5'],
            ],
            body: '12345',
          },
          given: { from: 'validation' },
          expect: { body: 'ten bytes.', status: 200 },
        },
      ],
    },
  ],
})
