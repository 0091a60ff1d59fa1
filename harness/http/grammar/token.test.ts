import { expect, test } from 'vitest'
import { isToken } from './token.ts'

test.each(['gzip', 'X-Thing', "!#$%&'*+-.^_`|~09azAZ"])('%s is a token', (text) => {
  expect(isToken(text)).toBe(true)
})

test.each(['', 'a b', 'a/b', 'a:b', 'ä', '"a"', 'a,b', 'a=b', 'a\n'])('%j is no token', (text) => {
  expect(isToken(text)).toBe(false)
})
