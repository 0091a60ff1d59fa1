import { expect, test } from '../../harness/vitest/index.ts'

test('artifact-upgraded: the newest release by number is in service, and clients met no error', async ({ look }) => {
  const drills = [{ drill: 'artifact-upgraded', procedure: 'upgrade-checked' }]
  expect(await look({ practice: 'recovery', section: { drills } })).toHaveNoFindings()
})

test('artifact-upgraded: the last of a list of names is 1.9.0, and the drill says why', async ({ look }) => {
  const drills = [{ drill: 'artifact-upgraded', procedure: 'upgrade-naive' }]
  const steps = await look({ practice: 'recovery', section: { drills } })
  expect(steps).toFind('recovery/outcome-silently-wrong')
  expect(steps).toFind('recovery/trap-artifact-text-order')
})
