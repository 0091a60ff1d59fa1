import { expect, test } from 'vitest'
import { shapeOf } from './shape.ts'

const shape = (stdout: string): string => shapeOf({ stdout })

test('dates, hours, weekdays, months, zones and sizes make no difference', () => {
  expect(shape('Thu Feb 29 13:00:01 CET 2024\n')).toBe(shape('Wed May 17 12:00:00 CEST 2023\n'))
  expect(shape('next run 2024-03-31 02:30, in 17 h\n')).toBe(shape('next run 2023-05-17 2:30, in 3 h\n'))
  expect(shape('kept /tmp/tmp.a8Xq1\n')).toBe(shape('kept /tmp/tmp.77Zk0\n'))
  expect(shape('Not After : Sunday 1 March 2026')).toBe(shape('Not After : Thursday 29 February 2024'))
})

test('other words, and lines more or less, do', () => {
  expect(shape('planned\n')).not.toBe(shape('skipped\n'))
  expect(shape('planned\nplanned\n')).not.toBe(shape('planned\n'))
  expect(shape('')).not.toBe(shape('planned\n'))
})
