import type { Day } from './calendar.ts'
import { daysIn, iso, plusDays, plusMonths, plusYears } from './calendar.ts'
import { dayAt } from './zone.ts'

/** Answers that can be reckoned from the day it is in the command's own zone. */
const answers = {
  today: (day: Day) => day,
  tomorrow: (day: Day) => plusDays(day, 1),
  yesterday: (day: Day) => plusDays(day, -1),
  'end-of-month': (day: Day) => ({ ...day, day: daysIn(day.year, day.month) }),
  'next-month-same-day': (day: Day) => plusMonths(day, 1),
  'next-year-same-day': (day: Day) => plusYears(day, 1),
  'last-year-same-day': (day: Day) => plusYears(day, -1),
} as const satisfies Readonly<Record<string, (day: Day) => Day>>

export type Answer = keyof typeof answers

export const answerNames = Object.keys(answers).filter((name): name is Answer => name in answers)

/** What is right at an instant, as `YYYY-MM-DD`; a command that runs over midnight may answer either day's. */
export function rightAnswers(
  answer: Answer,
  zone: string,
  { began, ended }: { began: number; ended: number },
): string[] {
  const days = [dayAt(zone, began), dayAt(zone, ended)]
  return [...new Set(days.map((day) => iso(answers[answer](day))))]
}

/** The first date in a text, `YYYY-MM-DD`; where a pattern is given, the first in what it matches, or its group. */
export function answeredIn(text: string, pattern?: string): string | undefined {
  const match = pattern === undefined ? undefined : new RegExp(pattern, 'm').exec(text)
  if (match === null) return undefined
  const where = match === undefined ? text : (match[1] ?? match[0])
  // A day that no calendar has is an answer too: the wrong one.
  return /\d{4}-\d{2}-\d{2}/.exec(where)?.[0]
}
