import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'

test('a short plain value stands as it is', () => {
  expect(excerpt('max-age=60')).toBe('max-age=60')
})

test('control characters are written as their code', () => {
  expect(excerpt('a\tb\u0000c\u001b[31m')).toBe('a\\x09b\\x00c\\x1b[31m')
})

test('a long value is cut to 120 characters and says so', () => {
  expect(excerpt('x'.repeat(200))).toBe(`${'x'.repeat(119)}…`)
})

test('no value comes out longer than 120 characters or with a control character in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
      const text = excerpt(value)
      expect(text.length).toBeLessThanOrEqual(120)
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
    }),
  )
})
