import { describe } from 'vitest'
import { allMutants } from '../../harness/recovery/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

const drills: readonly (readonly [drill: string, naive: `recovery/${string}`])[] = [
  ['artifact-upgraded', 'recovery/trap-artifact-text-order'],
  ['artifact-broken', 'recovery/trap-artifact-not-asked'],
  ['artifact-not-starting', 'recovery/trap-artifact-no-way-back'],
  ['artifact-interrupted', 'recovery/trap-artifact-copy-overwritten'],
  ['artifact-way-back-interrupted', 'recovery/change-not-resumed'],
  ['artifact-restart-hangs', 'recovery/trap-artifact-no-deadline'],
  ['artifact-disk-full', 'recovery/service-stays-blocked'],
  ['artifact-no-room', 'recovery/change-not-undone'],
  ['artifact-truncated', 'recovery/trap-artifact-truncated'],
]

describe.each(drills)('%s', (drill, naive) => {
  test('the upgrade that looks first, asks, and rolls back comes through', { timeout: 180_000 }, async ({ look }) => {
    const section = { drills: [{ drill, procedure: 'upgrade-checked' }] }
    expect(await look({ practice: 'recovery', section })).toHaveNoFindings()
  })

  test(`the upgrade of the runbooks is red: ${naive}`, { timeout: 180_000 }, async ({ look }) => {
    const section = { drills: [{ drill, procedure: 'upgrade-naive' }] }
    expect(await look({ practice: 'recovery', section })).toFind(naive)
  })
})

const mutants = (await allMutants()).filter(({ procedure }) => procedure.kind === 'artifact')

test.for(mutants)('$procedure.title is red in $drill', { timeout: 180_000 }, async (mutant, { look }) => {
  const section = { drills: [{ drill: mutant.drill, procedure: mutant.procedure.id }] }
  expect(await look({ practice: 'recovery', section })).toFind(mutant.rule)
})
