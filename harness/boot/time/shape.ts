import type { DatedRun } from './seen.ts'

const names =
  /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/gi

/**
 * What a command printed, without all that may differ between two days: numbers, names of days and months, zones, and
 * random names. Two runs of the same shape did the same, as far as they tell.
 */
export function shapeOf({ stdout }: Pick<DatedRun, 'stdout'>): string {
  return stdout
    .replaceAll(/\b[A-Z]{3,4}(?= \d{4}\b)|\b(?:UTC|GMT|CES?T|[ECMP][SD]T|Z)\b/g, '<zone>')
    .replaceAll(names, '<name>')
    .replaceAll(/\S*\d\S*/g, '<number>')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()
}
