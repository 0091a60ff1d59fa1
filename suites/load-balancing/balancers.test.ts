import { expect, test } from '../../harness/vitest/index.ts'

/** Balancers as they are configured in fixtures/loadbalancing, in front of echo servers: every question, no alarm. */

test('each does what is expected of it, and nothing could not be looked at', { timeout: 300_000 }, async ({ look }) => {
  const steps = await look({ practice: 'loadbalancing' })
  expect(steps.map(({ unsettled }) => unsettled?.why).filter((why) => why !== undefined)).toEqual([])
  expect(steps).toHaveNoFindings({ atLeast: 'warning' })
})
