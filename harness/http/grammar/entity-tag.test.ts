import { expect, test } from 'vitest'
import { entityTagStrength } from './entity-tag.ts'

test.each([
  ['"abc"', 'strong'],
  ['""', 'strong'],
  ['W/"abc"', 'weak'],
  ['w/"abc"', undefined],
  ['abc', undefined],
  ['"a b"', undefined],
  ['"a", "b"', undefined],
  ["'abc'", undefined],
])('%s is %s', (value, strength) => {
  expect(entityTagStrength(value)).toBe(strength)
})
