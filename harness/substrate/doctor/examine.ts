import { discover } from '../../discover.ts'
import type { Diagnosis } from './question.ts'
import { askAll, isQuestion } from './question.ts'

/**
 * Asks every question of this folder about the machine that it runs on: what is there, what is
 * missing, and what mends it. Grouped by who needs it, what `seatrial run` needs first.
 */
export async function examine(): Promise<Diagnosis[]> {
  const found = await discover(new URL('./questions/', import.meta.url), isQuestion)
  return askAll(found.map(({ thing }) => thing))
}
