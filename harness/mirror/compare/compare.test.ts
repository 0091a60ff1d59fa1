import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../exchange.ts'
import { openComparer } from './compare.ts'

const answer = (body: string | Uint8Array, fields: readonly string[] = [], more: Partial<Answer> = {}): Answer => ({
  status: 200,
  message: 'OK',
  fields,
  body: typeof body === 'string' ? Buffer.from(body) : body,
  trailers: [],
  ms: 1,
  ...more,
})
const type = (name: string): string[] => ['Content-Type', name]
const plain = await openComparer({ ignore: [], unordered: [] })
const places = (a: Answer, b: Answer, comparer = plain): string[] =>
  comparer(a, b).map(({ kind, place }) => `${kind} ${place}`)
const jsons = (a: unknown, b: unknown): [Answer, Answer] => [
  answer(typeof a === 'string' ? a : JSON.stringify(a), type('application/json')),
  answer(
    typeof b === 'string' ? b : JSON.stringify(b),
    type('application/json; charset=utf-8').with(1, 'application/json'),
  ),
]

test.for<[string, Answer, Answer, string[]]>([
  ['nothing but the date', answer('a', ['Date', '1']), answer('a', ['Date', '2']), []],
  ["the case of a field's name", answer('a', ['ETag', '1']), answer('a', ['etag', '1']), []],
  ['two lines and one', answer('', ['Vary', 'a', 'Vary', 'b']), answer('', ['Vary', 'a, b']), []],
  ['the order of members', ...jsons('{"a":1,"b":[]}', '{ "b": [], "a": 1.0 }'), []],
  ['a status', answer('a'), answer('a', [], { status: 500 }), ['changed status']],
  ['a field that is gone', answer('', ['ETag', '1']), answer(''), ['missing field etag']],
  ['a field that came', answer(''), answer('', ['X-Debug', '1']), ['extra field x-debug']],
  [
    'a trailer',
    answer('', [], { trailers: ['X-Sum', '1'] }),
    answer('', [], { trailers: ['X-Sum', '2'] }),
    ['changed trailer x-sum'],
  ],
  ['a value deep inside', ...jsons({ a: [{ p: 1 }, { p: 2 }] }, { a: [{ p: 1 }, { p: 3 }] }), ['changed json $.a[].p']],
  ['a text in the place of a number', ...jsons({ a: 1 }, { a: '1' }), ['type json $.a']],
  ['null in the place of an id', ...jsons({ id: 'x' }, { id: null }), ['type json $.id']],
  ['a member that is gone', ...jsons({ a: 1, 'b c': 2 }, { a: 1 }), ['missing json $["b c"]']],
  ['a shorter list', ...jsons([1, 2], [1]), ['length json $']],
  [
    'the last digit of a large number',
    ...jsons('{"id":9007199254740993}', '{"id":9007199254740992}'),
    ['changed json $.id'],
  ],
  ['what is no JSON', ...jsons({ a: 1 }, '{"a":1'), ['length bytes']],
  [
    'another type',
    answer('a', type('text/html')),
    answer('b', type('text/plain')),
    ['changed field content-type', 'changed bytes'],
  ],
  ['a line', answer('a\nb\nc', type('text/plain')), answer('a\nx\nc', type('text/plain')), ['changed text']],
  [
    'lines in another order',
    answer('a\nb', type('text/plain')),
    answer('b\na', type('text/plain')),
    ['changed text order'],
  ],
  ['a byte', answer(Uint8Array.of(1, 2)), answer(Uint8Array.of(1, 3)), ['changed bytes']],
])('%s', ([, a, b, found]) => {
  expect(places(a, b)).toEqual(found)
  expect(places(a, a)).toEqual([])
})

test('places that are ignored are not looked at, lists whose order says nothing are sorted', async () => {
  const comparer = await openComparer({ ignore: ['field x-*', 'json $.meta.*'], unordered: ['$.items'] })
  const [a, b] = jsons({ meta: { at: 1 }, items: [1, 2, 3] }, { meta: { at: 2 }, items: [3, 1, 2] })
  const marked = { ...b, fields: [...b.fields, 'X-Request-Id', '7'] }
  expect(places(a, marked, comparer)).toEqual([])
  expect(places(a, marked)).toHaveLength(5)
})

describe('coded content', () => {
  const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync }
  const coded = (coding: keyof typeof encoders, body: string | Uint8Array, of = 'text/plain'): Answer =>
    answer(encoders[coding](body), [...type(of), 'Content-Encoding', coding])
  const named = (coding: string, body: Uint8Array): Answer => answer(body, ['Content-Encoding', coding])

  test.for<[string, Answer, Answer, string[]]>([
    [
      'that is compressed less is the same',
      named('gzip', gzipSync('a'.repeat(99), { level: 0 })),
      named('gzip', gzipSync('a'.repeat(99), { level: 9 })),
      [],
    ],
    [
      'of another coding is the same inside',
      coded('gzip', 'abc'),
      coded('br', 'abc'),
      ['changed field content-encoding'],
    ],
    [
      'is the same as the content itself',
      answer('abc', type('text/plain')),
      coded('zstd', 'abc'),
      ['extra field content-encoding'],
    ],
    ['is compared by its type', coded('gzip', 'a\nb'), coded('gzip', 'a\nc'), ['changed text']],
    [
      'of two codings is compared by its type',
      coded('deflate', '{"a":1}', 'application/json'),
      coded('br', '{"a":2}', 'application/json'),
      ['changed field content-encoding', 'changed json $.a'],
    ],
    [
      'without a type is compared as the bytes inside',
      named('br', brotliCompressSync('abc')),
      named('br', brotliCompressSync('abd')),
      ['changed bytes'],
    ],
    ['that is empty has nothing inside', named('gzip', Buffer.alloc(0)), named('gzip', gzipSync('')), []],
  ])('%s', ([, a, b, found]) => {
    expect(places(a, b)).toEqual(found)
  })

  test.for<[string, Answer, RegExp]>([
    ['is cut off', named('gzip', gzipSync('abcabc').subarray(0, -3)), /gzip cannot be decoded: unexpected end/],
    ['has a coding of its own', named('snappy', Buffer.from('abc')), /nobody here decodes snappy/],
    ['is a bomb', named('br', brotliCompressSync(Buffer.alloc(40 * 2 ** 20))), /br holds more than 32 MiB/],
  ])('that %s is compared as it came, and that is said', ([, broken, why]) => {
    const [difference, ...more] = plain(coded('gzip', 'abcabc'), broken).filter(({ place }) => place === 'bytes')
    expect(more).toEqual([])
    expect(difference?.candidate).toMatch(why)
    expect(places(broken, broken)).toEqual([])
  })
})
