import { expect, test } from '../../harness/vitest/index.ts'

const timeout = 240_000

test(
  'files-byte-changed: restic with a list that is compared refuses what is damaged',
  { timeout },
  async ({ look }) => {
    const drills = [{ drill: 'files-byte-changed', procedure: 'restic-checked' }]
    expect(await look({ practice: 'recovery', section: { drills } })).toHaveNoFindings()
  },
)

test('files-byte-changed: tar says that all went well, and a file is another', { timeout }, async ({ look }) => {
  const drills = [{ drill: 'files-byte-changed', procedure: 'tar' }]
  expect(await look({ practice: 'recovery', section: { drills } })).toFind('recovery/outcome-silently-wrong')
})
