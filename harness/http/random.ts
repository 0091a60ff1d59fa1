import type { Random } from '../kernel/index.ts'

export { seededRandom } from '../kernel/index.ts'
export type { Random } from '../kernel/index.ts'

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}

/** `length` lower-case hexadecimal digits. */
export function hexadecimal(random: Random, length: number): string {
  return Array.from({ length }, () => between(random, 0, 15).toString(16)).join('')
}
