import { expect, test } from 'vitest'
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
