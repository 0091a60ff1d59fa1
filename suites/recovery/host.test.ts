import { expect, test } from '../../harness/vitest/index.ts'

test('host-mirror-stale: a host is rebuilt with the versions of its lock file', async ({ look }) => {
  const drills = [{ drill: 'host-mirror-stale', procedure: 'build-checked' }]
  expect(await look({ practice: 'recovery', section: { drills } })).toHaveNoFindings()
})

test('host-mirror-stale: a host without a lock file gets what nobody tried', async ({ look }) => {
  const drills = [{ drill: 'host-mirror-stale', procedure: 'build-naive' }]
  expect(await look({ practice: 'recovery', section: { drills } })).toFind('recovery/trap-host-unpinned')
})
