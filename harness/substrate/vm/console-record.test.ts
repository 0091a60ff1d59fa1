import { expect, test } from 'vitest'
import { recordConsole } from './console-record.ts'

test('a console is kept as it was written', () => {
  const record = recordConsole()
  record.add('one\n')
  record.add('two')
  expect(record.read()).toEqual({ text: 'one\ntwo', written: 7 })
})

test('of a flood the beginning and the end are kept, with a line between them, in bounded memory', () => {
  const record = recordConsole()
  record.add('first')
  for (let n = 0; n < 5_000; n += 1) record.add('x'.repeat(1_000))
  record.add('last')
  const { text, written } = record.read()
  expect(written).toBe(5_000_009)
  expect(text.length).toBeLessThan(700_000)
  expect(text).toMatch(/^firstx/)
  expect(text).toMatch(/xlast$/)
  expect(text).toMatch(/\n\(\d+ characters left out\)\n/)
})

test('what is left out and what is kept add up to what was written', () => {
  const record = recordConsole()
  record.add('y'.repeat(1_000_000))
  const { text, written } = record.read()
  const gap = /\n\((\d+) characters left out\)\n/.exec(text)
  expect(text.length - (gap?.[0].length ?? 0) + Number(gap?.[1])).toBe(written)
})
