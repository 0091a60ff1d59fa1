import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf, cut, fold } from './columns.ts'

test('a wide character counts as two columns, a combining one as one', () => {
  expect([columnsOf('abc'), columnsOf('船舶'), columnsOf('🚢'), columnsOf('e\u0301')]).toEqual([3, 4, 2, 2])
})

test('what is cut says so, and never begins half a character', () => {
  expect(cut('node-1 is killed', 16)).toBe('node-1 is killed')
  expect(cut('node-1 is killed', 12)).toBe('node-1 is...')
  expect(cut('船舶船舶', 6)).toBe('船...')
})

test('no line of any text is wider than was asked for, and nothing of it is missing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
      const lines = fold(text, columns)
      expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(columns)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
    { numRuns: 300 },
  )
})
