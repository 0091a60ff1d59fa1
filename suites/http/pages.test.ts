import { describe, expect, test } from '../../harness/vitest/index.ts'

/** What every page of the deployment owes to its readers. */

describe('every page of the deployment', () => {
  test('has no error and no warning', async ({ look }) => {
    // One page is there to fail, so that the error page can be looked at.
    expect(await look({ practice: 'http' })).toHaveNoFindings({ except: ['http/status-server-error'] })
  })

  test('gives the same findings when it is asked again with the same seed', async ({ look }) => {
    const ask = async () => {
      const steps = await look({ practice: 'http', section: { targets: [{ in: 'balancer', path: '/page' }] } })
      return steps.flatMap((step) => step.findings.map(({ rule, place, sentence }) => ({ rule, place, sentence })))
    }
    const [once, again] = [await ask(), await ask()]
    expect(once.length).toBeGreaterThan(0)
    expect(again).toEqual(once)
  })
})
