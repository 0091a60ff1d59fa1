import { expect, test } from 'vitest'
import { unquote } from './quoted-string.ts'

test.each([
  ['"a"', 'a'],
  ['""', ''],
  ['"a, b; c"', 'a, b; c'],
  [String.raw`"a \"b\" \\ c"`, String.raw`a "b" \ c`],
])('%s means %j', (text, meaning) => {
  expect(unquote(text)).toBe(meaning)
})

test.each(['a', '"a', 'a"', '"a"b"', '"', String.raw`"a\"`, '"a\u0000"'])('%j is no quoted string', (text) => {
  expect(unquote(text)).toBeUndefined()
})
