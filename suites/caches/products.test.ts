import { describe, expect, test } from '../../harness/vitest/index.ts'

/** Each cache does what it is known to do: nothing more goes wrong, and nothing is listed that no longer does. */

describe('the caches in front of the scripted origin', () => {
  test('nginx and Varnish differ in nothing from their known deviations', async ({ look }) => {
    // Side by side, because nearly all the time is waiting for answers to become stale.
    const looks = ['nginx', 'varnish'].map((cache) =>
      look({ practice: 'caches', section: { targets: [{ cache, expect: `./${cache}/expected.yaml` }] } }),
    )
    const steps = (await Promise.all(looks)).flat()
    expect(steps.length).toBeGreaterThan(2 * 300)
    expect(steps).toHaveNoFindings()
  })

  test('a case that is looked at alone needs no other to be listed', async ({ look }) => {
    const section = { targets: [{ cache: 'varnish' }] }
    const steps = await look({ practice: 'caches', section, only: ['caches/vary-no-match'] })
    expect(steps.map(({ id, subject }) => ({ id, subject }))).toEqual([
      { id: 'caches/vary-no-match', subject: 'varnish' },
    ])
    expect(steps).toHaveNoFindings()
  })

  test('without a list of known deviations a failure counts by the level of its case', async ({ look }) => {
    const section = { targets: [{ cache: 'nginx' }] }
    const only = ['caches/keys-query-empty', 'caches/age-at-once', 'caches/conditional-etag-precedence']
    const steps = await look({ practice: 'caches', section, only })
    const levels = steps.flatMap((step) => step.findings.map(({ rule, level }) => ({ rule, level })))
    expect(levels).toContainEqual({ rule: 'caches/age-at-once', level: 'error' })
    expect(levels).toContainEqual({ rule: 'caches/keys-query-empty', level: 'info' })
  })
})
