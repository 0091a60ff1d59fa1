import { expect, test } from '../../harness/vitest/index.ts'

test('files-small-temporary-space: the restore with a list of checksums brings everything back', async ({ look }) => {
  const drills = [{ drill: 'files-small-temporary-space', procedure: 'duplicity-checked' }]
  expect(await look({ practice: 'recovery', section: { drills } })).toHaveNoFindings()
})

test('files-small-temporary-space: duplicity alone says that all went well, and a file is absent', async ({ look }) => {
  const drills = [{ drill: 'files-small-temporary-space', procedure: 'duplicity' }]
  const steps = await look({ practice: 'recovery', section: { drills } })
  expect(steps).toFind('recovery/outcome-silently-wrong')
  expect(steps).toFind('recovery/trap-temporary-space')
})
