import { describe, expect, test } from '../../harness/vitest/index.ts'

/** What the deployment owes to caches, its readers' and those between. */

const only = (path: string) => ({ practice: 'http', section: { targets: [{ in: 'balancer', path }] } })

describe('the public page', () => {
  test('can be validated by its ETag and by its date, so that a cache need not fetch it twice', async ({ look }) => {
    const steps = await look(only('/page'))
    expect(steps).toFind('http/conditional-etag-honoured')
    expect(steps).toFind('http/conditional-modified-honoured')
  })

  test('is compressed for those who ask, and says that it depends on the question', async ({ look }) => {
    const steps = await look(only('/page'))
    expect(steps).toFind('http/coding-gzip-used')
    expect(steps).not.toFind('http/coding-gzip-vary-missing')
  })
})

describe('the private page', () => {
  test('is stored by nobody', async ({ look }) => {
    const steps = await look(only('/app/private'))
    expect(steps).toHaveNoFindings({ atLeast: 'warning' })
  })
})
