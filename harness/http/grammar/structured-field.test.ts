import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInnerList, parseDictionary, parseItem } from './structured-field.ts'

test.each([
  ['require-corp', 'token', 'require-corp'],
  [String.raw`"a \"b\""`, 'string', 'a "b"'],
  ['-12', 'integer', '-12'],
  ['1.5', 'decimal', '1.5'],
  ['?0', 'boolean', '0'],
  [':aGk=:', 'binary', ''],
  ['@1659578233', 'date', '1659578233'],
  ['%"f%c3%bc"', 'display-string', 'f\u00fc'],
])('%s is an item of type %s', (text, type, meaning) => {
  expect(parseItem(text)?.item).toEqual({ type, text: meaning })
})

test('an item carries parameters, true where no value is written', () => {
  const parsed = parseItem(' same-origin; report-to="coop";a ')
  expect([...(parsed?.parameters ?? [])]).toEqual([
    ['report-to', { type: 'string', text: 'coop' }],
    ['a', { type: 'boolean', text: '1' }],
  ])
})

test.each(['', 'a b', 'a,b', '"a', 'a;', 'a;B', '1.2345', '1.', "'a'", 'a; b=', '1234567890123456'])(
  '%j is no item',
  (text) => {
    expect(parseItem(text)).toBeUndefined()
  },
)

test('a dictionary holds flags, items and inner lists, and names repeated keys', () => {
  const parsed = parseDictionary('geolocation=(self "https://a.test"), camera=(), fullscreen=*, x, camera=*;p')
  expect([...(parsed?.members.keys() ?? [])]).toEqual(['geolocation', 'camera', 'fullscreen', 'x'])
  expect(parsed?.repeated).toEqual(['camera'])
  const list = parsed?.members.get('geolocation')
  expect(list !== undefined && isInnerList(list) ? list.items.map(({ item }) => item.text) : []).toEqual([
    'self',
    'https://a.test',
  ])
})

test.each(['a=', 'a=1,', 'a=(1', 'a=(1"x")', 'A=1', "camera 'none'", 'a=1 b=2', 'a=1;;b'])(
  '%j is no dictionary',
  (text) => {
    expect(parseDictionary(text)).toBeUndefined()
  },
)

test('no text makes the reader throw or run on', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab=;,"()?:@%1.- *\\') }), (text) => {
      parseItem(text)
      const parsed = parseDictionary(text)
      expect(parsed === undefined || parsed.members.size <= text.length).toBe(true)
    }),
  )
})
