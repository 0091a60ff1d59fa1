import { allMutants } from '../../harness/recovery/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/** The client of the cloud takes a second to start, and a script calls it dozens of times. */
const timeout = 240_000

const drills = ['region-lost', 'region-copy-fails', 'region-answer-lost', 'region-throttled'] as const

test.for(drills)('%s: every volume comes back in the other region, once', { timeout }, async (drill, { look }) => {
  const section = { drills: [{ drill, procedure: 'region-checked' }] }
  expect(await look({ practice: 'recovery', section })).toHaveNoFindings()
})

test.for(['region-copies-refused', 'region-lost-while-copying'])(
  '%s: what was copied comes back, and the backup says what was not',
  { timeout },
  async (drill, { look }) => {
    const section = { drills: [{ drill, procedure: 'region-checked' }] }
    expect(await look({ practice: 'recovery', section })).toHaveNoFindings()
  },
)

test.for([...drills, 'region-copies-refused', 'region-lost-while-copying'])(
  '%s: the script that waits for nothing says that all went well',
  { timeout },
  async (drill, { look }) => {
    const section = { drills: [{ drill, procedure: 'region-in-a-hurry' }] }
    expect(await look({ practice: 'recovery', section })).toFind('recovery/outcome-silently-wrong')
  },
)

const mutants = (await allMutants()).filter(({ procedure }) => procedure.kind === 'region')

test.for(mutants)('$procedure.title: red in $drill with $rule', { timeout }, async (each, { look }) => {
  const section = { drills: [{ drill: each.drill, procedure: each.procedure.id }] }
  expect(await look({ practice: 'recovery', section })).toFind(each.rule)
})
