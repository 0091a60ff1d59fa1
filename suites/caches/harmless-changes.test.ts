import { harmlessChanges } from '../../fixtures/caches/harmless-changes.ts'
import { applyMutant } from '../../harness/stack/index.ts'
import { describe, expect, test } from '../../harness/vitest/index.ts'

/** An alarm that changes nothing for anybody would teach people to look away. */

test('there are ten harmless changes and more, each of its own kind', () => {
  expect(harmlessChanges.length).toBeGreaterThanOrEqual(10)
  expect(new Set(harmlessChanges.map(({ id }) => id)).size).toBe(harmlessChanges.length)
})

describe('no alarm is raised after', () => {
  for (const change of harmlessChanges) {
    test(`${change.id}: "${change.title}"`, async ({ stack, look, signal }) => {
      await using _applied = await applyMutant(stack, change, { signal })
      const section = { targets: [{ cache: change.part, expect: `./${change.part}/expected.yaml` }] }
      const steps = await look({ practice: 'caches', section })
      expect(steps.length).toBeGreaterThan(300)
      expect(steps).toHaveNoFindings()
    })
  }
})
