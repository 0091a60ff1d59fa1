import { describe, expect, test } from '../../harness/vitest/index.ts'

/** What the deployment owes to the people behind the browsers. */

const at = (path: string, port?: number) => ({
  targets: [{ in: 'balancer', path, ...(port !== undefined && { port }) }],
})

describe('every answer', () => {
  test('over https demands https for the years to come', async ({ look }) => {
    for (const path of ['/page', '/missing', '/app/error']) {
      expect(await look({ practice: 'http', section: at(path) })).toFind('http/strict-transport-security-valid')
    }
  })

  test('over plain http leads to https, for good, and nowhere else', async ({ look }) => {
    const steps = await look({ practice: 'http', section: at('/page', 8080), only: ['http/redirect-to-https'] })
    expect(steps).toHaveNoFindings({ atLeast: 'info' })
  })

  test('tells nobody which version of which server runs', async ({ look }) => {
    for (const path of ['/page', '/apache/page.html', '/app/api']) {
      expect(
        await look({ practice: 'http', section: at(path), only: ['http/server', 'http/x-powered-by'] }),
      ).toHaveNoFindings({
        atLeast: 'info',
      })
    }
  })
})

describe('a session cookie', () => {
  test('is out of reach of scripts, of other sites and of plain http', async ({ look }) => {
    expect(await look({ practice: 'http', section: at('/app/private') })).toFind('http/set-cookie-protection-hardened')
  })
})

describe('an error', () => {
  test('shows no stack trace and is kept by no cache', async ({ look }) => {
    expect(await look({ practice: 'http', section: at('/app/error') })).toHaveNoFindings({
      except: ['http/status-server-error'],
    })
    expect(await look({ practice: 'http', section: at('/page'), only: ['http/error-page'] })).toHaveNoFindings()
  })
})

describe('two lengths, or a length and chunks, in one request', () => {
  test('are refused, so that no second request can hide in the first', async ({ look }) => {
    const framing = ['http/framing-duplicate-content-length', 'http/framing-content-length-and-transfer-encoding']
    for (const path of ['/page', '/apache/page.html', '/app/api']) {
      expect(await look({ practice: 'http', section: at(path), only: framing })).toHaveNoFindings()
    }
  })
})
