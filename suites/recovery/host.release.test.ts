import { describe } from 'vitest'
import { allMutants } from '../../harness/recovery/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

const drills: readonly (readonly [drill: string, naive: `recovery/${string}`])[] = [
  ['host-rebuilt', 'recovery/trap-host-not-asked'],
  ['host-rebuilt-twice', 'recovery/trap-host-random'],
  ['host-built-again', 'recovery/trap-host-not-again'],
  ['host-build-interrupted', 'recovery/change-not-resumed'],
  ['host-mirror-stale', 'recovery/trap-host-unpinned'],
  ['host-mirror-dropped', 'recovery/change-untold'],
  ['host-closed-folder', 'recovery/outcome-silently-wrong'],
]

describe.each(drills)('%s', (drill, naive) => {
  test(
    'the build that pins, looks what is done and asks is as it should be',
    { timeout: 180_000 },
    async ({ look }) => {
      const section = { drills: [{ drill, procedure: 'build-checked' }] }
      expect(await look({ practice: 'recovery', section })).toHaveNoFindings()
    },
  )

  test(`the build that was typed once is red: ${naive}`, { timeout: 180_000 }, async ({ look }) => {
    const section = { drills: [{ drill, procedure: 'build-naive' }] }
    expect(await look({ practice: 'recovery', section })).toFind(naive)
  })
})

const mutants = (await allMutants()).filter(({ procedure }) => procedure.kind === 'host')

test.for(mutants)('$procedure.title is red in $drill', { timeout: 180_000 }, async (mutant, { look }) => {
  const section = { drills: [{ drill: mutant.drill, procedure: mutant.procedure.id }] }
  expect(await look({ practice: 'recovery', section })).toFind(mutant.rule)
})
