import { systemClock } from '../../harness/kernel/index.ts'
import { slices } from '../../harness/registry.ts'
import { prove } from '../../harness/trial/index.ts'
import { describe, expect, test } from '../../harness/vitest/index.ts'

/** A check that cannot fail is not a check: each of these changes to the running stack must be noticed. */

const groups = await Promise.all(slices.map(async (slice) => ({ slice, mutants: await slice.mutants() })))

for (const { slice, mutants } of groups) {
  describe(slice.title, () => {
    for (const { thing: mutant } of mutants) {
      test(`${mutant.id}: "${mutant.title}" is noticed by ${mutant.kills}`, async ({ stack, plan, signal }) => {
        const options = { clock: systemClock, seed: plan.seed, signal, allow: plan.allow, progress: () => {} }
        for await (const { fate, step } of prove(slice, [mutant], stack, options)) {
          expect([step]).toHaveNoFindings()
          expect(fate).toBe('killed')
        }
      })
    }
  })
}
