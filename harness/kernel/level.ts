/**
 * How much a rule matters. The first three are SARIF's error, warning and note;
 * `good` is good news, kept because it tells what was looked at.
 */
export const levels = ['error', 'warning', 'info', 'good'] as const

export type Level = (typeof levels)[number]

/** True when `level` is at least as grave as `floor`: `error` is the gravest. */
export function atLeast(level: Level, floor: Level): boolean {
  return levels.indexOf(level) <= levels.indexOf(floor)
}
