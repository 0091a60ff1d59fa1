import { rfc } from '../../kernel/index.ts'
import type { Answer, CaseRequest, Wanted } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const reference = rfc(9111, '3.3')
const whole: Answer = {
  fields: [
    ['Cache-Control', 'max-age=3600'],
    ['ETag', '"a"'],
  ],
  body: '01234567890',
}
const accepting: Answer = { ...whole, fields: [...(whole.fields ?? []), ['Accept-Ranges', 'bytes']] }
const cut: Answer = { ...whole, body: '0123456789', ranged: true }
/** The origin cuts what it is asked to; a cache that asks for the whole instead is not what these are about. */
const last: CaseRequest = {
  fields: [['Range', 'bytes=-5']],
  answer: cut,
  given: { status: 206, body: '56789', asked: { fields: [['Range', 'bytes=-5']] } },
}

/** A stored whole answer, and a request for a part of it. */
function part(
  name: string,
  title: string,
  range: string,
  body: string,
  more: Partial<CaseInput> & { readonly expect?: Wanted; readonly stored?: Answer } = {},
): CaseInput {
  const { expect = { from: 'cache', status: 206, body }, stored = whole, ...rest } = more
  return {
    name,
    title,
    level: 'optional',
    reference,
    needs: ['caches/freshness-max-age'],
    requests: [{ answer: stored }, { fields: [['Range', range]], expect }],
    ...rest,
  }
}

function smaller(name: string, title: string, range: string, body: string, aka?: string): CaseInput {
  return {
    name,
    title,
    level: 'optional',
    reference,
    ...(aka !== undefined && { aka }),
    requests: [last, { fields: [['Range', range]], expect: { from: 'cache', status: 206, body } }],
  }
}

/** Parts of answers: asked of whole ones, stored, completed. */
export const rangeCases = topic({
  id: 'caches/ranges',
  remedy: 'Let the cache cut parts out of what it has whole, and never give a part for the whole.',
  cases: [
    part('of-whole', 'A part is cut out of a stored whole answer.', 'bytes=0-1', '01', {
      aka: 'partial-store-complete-reuse-partial',
    }),
    part('of-whole-no-last', 'A part without an end is cut out of a stored whole answer.', 'bytes=1-', '1234567890', {
      aka: 'partial-store-complete-reuse-partial-no-last',
    }),
    part('of-whole-suffix', 'The last bytes are cut out of a stored whole answer.', 'bytes=-1', '0', {
      aka: 'partial-store-complete-reuse-partial-suffix',
    }),
    part('of-whole-beyond', 'A part that reaches beyond the end is cut there.', 'bytes=8-99', '890'),
    part('of-whole-accepting', 'A part is cut out of a stored answer that says Accept-Ranges.', 'bytes=0-1', '01', {
      stored: accepting,
    }),
    part('content-range', 'A part out of a stored answer says which part it is.', 'bytes=2-4', '234', {
      level: 'required',
      reference: rfc(9110, '15.3.7'),
      needs: ['caches/ranges-of-whole-accepting'],
      stored: accepting,
      expect: { fields: [['Content-Range', 'bytes 2-4/11']] },
    }),
    part('unsatisfiable', 'A part that lies beyond the end is answered with 416.', 'bytes=99-', '', {
      expect: { status: [416, 200] },
      reference: rfc(9110, '15.5.17'),
    }),
    part('unknown-unit', 'A range in a unit that nobody knows is answered with the whole.', 'seconds=1-2', '', {
      level: 'required',
      reference: rfc(9110, '14.2'),
      expect: { status: 200, body: '01234567890' },
    }),
    part('several', 'Several parts are cut out of a stored whole answer.', 'bytes=0-1,4-5', '', {
      level: 'observation',
      expect: { from: 'cache', status: 206 },
    }),
    part('if-range-other', 'If-Range with another ETag gets the whole.', 'bytes=0-1', '', {
      level: 'required',
      reference: rfc(9110, '13.1.5'),
      needs: ['caches/ranges-of-whole-accepting'],
      requests: [
        { answer: accepting },
        {
          fields: [
            ['Range', 'bytes=0-1'],
            ['If-Range', '"b"'],
          ],
          answer: accepting,
          expect: { status: 200, body: '01234567890' },
        },
      ],
    }),
    part('if-range-same', 'If-Range with the stored ETag gets the part.', 'bytes=0-1', '', {
      reference: rfc(9110, '13.1.5'),
      needs: ['caches/ranges-of-whole-accepting'],
      requests: [
        { answer: accepting },
        {
          fields: [
            ['Range', 'bytes=0-1'],
            ['If-Range', '"a"'],
          ],
          expect: { from: 'cache', status: 206, body: '01' },
        },
      ],
    }),
    smaller(
      'of-part',
      'A stored part is used again for the same part.',
      'bytes=-5',
      '56789',
      'partial-store-partial-reuse-partial',
    ),
    smaller(
      'of-part-smaller',
      'A smaller part is cut out of a stored one.',
      'bytes=6-8',
      '678',
      'partial-store-partial-reuse-partial-byterange',
    ),
    smaller(
      'of-part-no-last',
      'A smaller part without an end is cut out of a stored one.',
      'bytes=6-',
      '6789',
      'partial-store-partial-reuse-partial-absent',
    ),
    smaller(
      'of-part-suffix',
      'The last bytes are cut out of a stored part.',
      'bytes=-1',
      '9',
      'partial-store-partial-reuse-partial-suffix',
    ),
    {
      name: 'part-not-whole',
      title: 'A stored part is never given for the whole.',
      level: 'required',
      reference,
      requests: [last, { answer: cut, expect: { status: 200, body: '0123456789' } }],
    },
    {
      name: 'other-part',
      title: 'A stored part is never given for another part.',
      level: 'required',
      reference,
      requests: [last, { fields: [['Range', 'bytes=0-4']], answer: cut, expect: { status: 206, body: '01234' } }],
    },
    {
      name: 'completed',
      title: 'What is missing of a stored part is asked for alone.',
      level: 'optional',
      reference: rfc(9111, '3.4'),
      aka: 'partial-store-partial-complete',
      requests: [
        {
          fields: [['Range', 'bytes=0-4']],
          answer: cut,
          given: { status: 206, body: '01234', asked: { fields: [['Range', 'bytes=0-4']] } },
        },
        { answer: cut, given: {}, expect: { asked: { fields: [['Range', 'bytes=5-']] } } },
      ],
    },
    {
      name: 'forwarded',
      title: 'A range is passed on where nothing is stored.',
      level: 'observation',
      reference: rfc(9110, '14.2'),
      requests: [
        {
          fields: [['Range', 'bytes=0-4']],
          answer: cut,
          given: {},
          expect: { asked: { fields: [['Range', 'bytes=0-4']] } },
        },
      ],
    },
    {
      name: 'ignored-by-origin',
      title: 'A 200 to a request for a part is stored and used for the whole.',
      level: 'optional',
      reference,
      needs: ['caches/freshness-max-age'],
      requests: [
        { fields: [['Range', 'bytes=0-1']], answer: accepting, given: {} },
        { expect: { from: 'cache', status: 200, body: '01234567890' } },
      ],
    },
    {
      name: 'short-not-stored',
      title: 'An answer that ended before its length is not used again as a whole one.',
      level: 'required',
      reference,
      needs: ['caches/freshness-max-age'],
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=3600']], ends: 'short' }, given: {} },
        { answer: { fields: [['Cache-Control', 'max-age=3600']] }, expect: { from: 'origin' } },
      ],
    },
  ],
})
