import { systemClock } from '../../harness/kernel/index.ts'
import type { Slice } from '../../harness/slice.ts'
import type { Mutant } from '../../harness/stack/index.ts'
import { prove } from '../../harness/trial/index.ts'
import { describe, expect, test } from '../../harness/vitest/index.ts'

/** Declares a test for every mutant of a practice; those that are left for another time are skipped, visibly. */
export async function proveAll(slice: Slice, now: (mutant: Mutant) => boolean = () => true): Promise<void> {
  const mutants = await slice.mutants()
  // A practice that changes no deployment proves itself in its own suite.
  if (mutants.length === 0) return
  describe(slice.title, () => {
    for (const { thing: mutant } of mutants) {
      test.skipIf(!now(mutant))(
        `${mutant.id}: "${mutant.title}" is noticed by ${mutant.kills}`,
        async ({ stack, run, plan, signal }) => {
          const { seed, allow, baseFolder } = plan
          const section = plan.practices.find((each) => each.slice.id === slice.id)?.section
          const options = { run, clock: systemClock, seed, signal, allow, baseFolder, section, progress: () => {} }
          for await (const { fate, step } of prove(slice, [mutant], stack, options)) {
            expect([step]).toHaveNoFindings()
            expect(fate).toBe('killed')
          }
        },
      )
    }
  })
}
