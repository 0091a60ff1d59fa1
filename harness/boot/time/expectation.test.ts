import { expect, test } from 'vitest'
import { answeredIn, rightAnswers } from './expectation.ts'

const at = (text: string): number => Date.parse(text) / 1_000
const right = (answer: Parameters<typeof rightAnswers>[0], text: string, zone = 'UTC'): string[] =>
  rightAnswers(answer, zone, { began: at(text), ended: at(text) })

test('a year after leap day is the last of February, and a month after a long month its last day', () => {
  expect(right('next-year-same-day', '2024-02-29T12:00:00Z')).toEqual(['2025-02-28'])
  expect(right('next-month-same-day', '2023-12-31T12:00:00Z')).toEqual(['2024-01-31'])
  expect(right('last-year-same-day', '2024-02-29T12:00:00Z')).toEqual(['2023-02-28'])
  expect(right('end-of-month', '2100-02-03T12:00:00Z')).toEqual(['2100-02-28'])
  expect(right('tomorrow', '2024-12-31T12:00:00Z')).toEqual(['2025-01-01'])
})

test('the day is the one in the zone of the command', () => {
  expect(right('today', '2024-02-28T23:30:00Z', 'Europe/Berlin')).toEqual(['2024-02-29'])
  expect(right('yesterday', '2024-03-01T03:00:00Z', 'America/New_York')).toEqual(['2024-02-28'])
})

test('what runs over midnight may answer with either day', () => {
  const [began, ended] = [at('2023-12-31T23:59:59Z'), at('2024-01-01T00:00:01Z')]
  expect(rightAnswers('today', 'UTC', { began, ended })).toEqual(['2023-12-31', '2024-01-01'])
})

test('an answer is the first date that a text has, or the one where a pattern says', () => {
  expect(answeredIn('from 2024-02-29 to 2025-03-01\n')).toBe('2024-02-29')
  expect(answeredIn('from 2024-02-29 to 2025-03-01\n', 'to (.*)$')).toBe('2025-03-01')
  expect(answeredIn('from 2024-02-29\n', 'to (.*)$')).toBeUndefined()
  expect(answeredIn('2025-02-29')).toBe('2025-02-29')
  expect(answeredIn('no date')).toBeUndefined()
})
