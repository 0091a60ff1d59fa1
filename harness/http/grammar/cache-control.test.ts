import { expect, test } from 'vitest'
import { Fields } from '../../wire/index.ts'
import { cacheControlOf, parseCacheControl } from './cache-control.ts'

test('directives of all lines are read, names without case, values with and without quotes', () => {
  const { directives, malformed, has, seconds } = parseCacheControl([
    'Max-Age=60, private="Set-Cookie, X"',
    'no-transform',
  ])
  expect(malformed).toEqual([])
  expect(directives).toEqual([
    { name: 'max-age', written: 'Max-Age', value: '60', quoted: false },
    { name: 'private', written: 'private', value: 'Set-Cookie, X', quoted: true },
    { name: 'no-transform', written: 'no-transform', value: undefined, quoted: false },
  ])
  expect(has('no-transform')).toBe(true)
  expect(seconds('max-age')).toBe(60)
})

test.each(['max-age = 60', '=60', 'max age', 'public; max-age=60'])('%j is malformed', (member) => {
  expect(parseCacheControl([member])).toMatchObject({ directives: [], malformed: [member] })
})

test.each([
  ['no-store=', ''],
  ['max-age= 60', '60'],
  ['max-age=60; public', '60; public'],
  ['a="b', '"b'],
])('%j is malformed, and its directive is known all the same', (member, value) => {
  const [name = ''] = member.split('=')
  expect(parseCacheControl([member])).toMatchObject({
    directives: [{ name, written: name, value, quoted: false }],
    malformed: [member],
  })
})

test('the first of a repeated directive counts, and no number is no seconds', () => {
  const { seconds } = parseCacheControl(['max-age=1, max-age=2, s-maxage=soon'])
  expect(seconds('max-age')).toBe(1)
  expect(seconds('s-maxage')).toBeUndefined()
})

test('a section is read once', () => {
  const fields = Fields.of([['Cache-Control', 'no-store']])
  expect(cacheControlOf(fields)).toBe(cacheControlOf(fields))
})
