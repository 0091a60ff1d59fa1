import { describe, expect, test } from '../../harness/vitest/index.ts'

/** What the deployment owes to whoever fetches something large over a bad line. */

const voyage = { practice: 'http', section: { targets: [{ in: 'balancer', path: '/static/voyage.txt' }] } }

describe('a long text', () => {
  test('can be fetched in parts that are the right ones', async ({ look }) => {
    const steps = await look({
      ...voyage,
      only: ['http/range-satisfiable', 'http/range-suffix', 'http/range-unsatisfiable'],
    })
    expect(steps).toFind('http/range-satisfiable-correct')
    expect(steps).toHaveNoFindings()
  })

  test('is never continued from a version that is gone', async ({ look }) => {
    expect(await look({ ...voyage, only: ['http/range-if-range'] })).toHaveNoFindings()
  })

  test('is announced by HEAD as GET would send it', async ({ look }) => {
    expect(await look({ ...voyage, only: ['http/head-equals-get'] })).toHaveNoFindings()
  })
})
