import { describe, expect, test } from '../../harness/vitest/index.ts'
import '../../harness/vitest/http.ts'

/** What these pages are meant to be, beyond being right: said here as the configuration says it. */

const page = (path: string, wanted: object) => ({
  practice: 'http',
  section: { probes: false, targets: [{ in: 'balancer', path, expect: wanted }] },
})

describe('the style sheet', () => {
  test('may be kept by shared caches for a minute at least, and can be validated', async ({ look }) => {
    const steps = await look(page('/static/style.css', { caching: { sharedForSeconds: 60 } }))
    expect(steps).toHaveNoFindings({ atLeast: 'error' })
  })

  test('is not promised for a year, and who expects that is told', async ({ look }) => {
    const steps = await look(page('/static/style.css', { caching: { sharedForSeconds: 31_536_000 } }))
    expect(steps).toFind('http/expected-caching-shared-for-unmet')
  })
})

describe('the private page', () => {
  test('is not for shared caches', async ({ stack }) => {
    const address = `${await stack.part('balancer').origin()}/app/private`
    await expect(address).toMeetHttp({ caching: { notShared: true }, answer: { status: 200 } })
  })

  test('leaves a cookie that no script reads and no other site brings along', async ({ stack }) => {
    const address = `${await stack.part('balancer').origin()}/app/private`
    await expect(address).toMeetHttp({ cookies: { secure: true, httpOnly: true, sameSite: 'lax' } })
  })
})
