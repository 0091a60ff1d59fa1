import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitList, trimOws } from './list.ts'

test('members are split at commas, trimmed, and empty ones are dropped', () => {
  expect(splitList(' a ,, b\t,c, ')).toEqual(['a', 'b', 'c'])
})

test('a comma inside a quoted string separates nothing, even after an escaped quote', () => {
  expect(splitList(String.raw`a="x, \", y", b`)).toEqual([String.raw`a="x, \", y"`, 'b'])
})

test('an unclosed quote runs to the end of the value', () => {
  expect(splitList('a, "b, c')).toEqual(['a', '"b, c'])
})

test('parameters are split at semicolons in the same way', () => {
  expect(splitList('text/html; a="1;2"; b', ';')).toEqual(['text/html', 'a="1;2"', 'b'])
})

test('only spaces and tabs are white space: other control characters stay', () => {
  expect(trimOws(' \ta\u00a0\n ')).toBe('a\u00a0\n')
})

test('a quarter of a megabyte of spaces inside a value takes no time to speak of', () => {
  const value = `a${' '.repeat(250_000)}b`
  const start = performance.now()
  expect(splitList(value)).toEqual([value])
  expect(performance.now() - start).toBeLessThan(500)
})

test('any list of tokens joined with commas comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z0-9-]+$/)), (members) => {
      expect(splitList(members.join(' ,\t'))).toEqual(members)
    }),
  )
})
