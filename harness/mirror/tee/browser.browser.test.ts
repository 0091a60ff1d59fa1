import type { IncomingMessage, ServerResponse } from 'node:http'
import { chromium } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from '../../../fixtures/chromium.ts'
import { selfSigned } from '../../../fixtures/servers/certificate.ts'
import { messageOf } from '../../kernel/index.ts'
import type { Counts } from '../copies/ledger.ts'
import type { MirrorOptions } from '../open-mirror.ts'
import { mirrored } from '../testing/mirrored.ts'
import { httpServer } from '../testing/servers.ts'

let browser: Browser

beforeAll(async () => {
  if (chromiumPath === undefined) return
  // Chromium refuses its sandbox to root only.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  browser = await chromium.launch({ executablePath: chromiumPath, args })
})

afterAll(async () => {
  if (chromiumPath !== undefined) await browser.close()
})

const scripts = 60
const tags = Array.from({ length: scripts }, (_, at) => `<script src="/script/${at}"></script>`).join('')
const page = `<!doctype html><link rel="icon" href="data:,"><script>window.seen = []</script>${tags}`

function serve({ method, url }: IncomingMessage, response: ServerResponse, body: Buffer): void {
  if (method === 'POST') response.end(`${body.length} ${url}`)
  else if (url?.startsWith('/script/') === true) {
    response.setHeader('content-type', 'text/javascript')
    response.end(`seen.push('${url}')`)
  } else {
    response.setHeader('content-type', 'text/html')
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    response.end(page)
  }
}

/** Runs in the page. */
const post = `(async () => {
  const answer = await fetch('/form', { method: 'POST', body: 'x'.repeat(300000) })
  return await answer.text() + ' ' + document.cookie
})()`
const protocols = `[...new Set(performance.getEntriesByType('resource').map((each) => each.nextHopProtocol))]`

const without = chromiumPath === undefined ? ' (skipped: no Chromium; apt-get install chromium, or set CHROMIUM)' : ''

interface Visit {
  readonly failed: readonly string[]
  readonly told: readonly unknown[]
  readonly counts: Counts
  /** What the primary and the candidate were asked. */
  readonly asked: readonly number[]
}

async function visit(certificate: Pick<MirrorOptions, 'certificate'>): Promise<Visit> {
  await using primary = await httpServer(serve)
  await using candidate = await httpServer(serve)
  const limits = { inFlight: 64, deadlineMs: 20_000, maxBody: 2 ** 20, maxHeld: 2 ** 26 }
  const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, limits, ...certificate })
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const opened = await context.newPage()
  const failed: string[] = []
  opened.on('requestfailed', (request) => failed.push(`${request.url()} ${request.failure()?.errorText}`))
  const told: unknown[] = []
  try {
    await opened.goto(mirror.url.href)
    for (const script of ['seen.length', post, protocols]) told.push(await opened.evaluate(script))
  } catch (error) {
    failed.push(messageOf(error))
  }
  await context.close()
  const { counts } = await mirror.close()
  return { failed, told, counts, asked: [primary.requests(), candidate.requests()] }
}

/** Chromium gives all requests up when an interface of this machine comes or goes, as it does with each container. */
const isElsewhere = (text: string): boolean => text.includes('ERR_NETWORK_CHANGED')

describe.skipIf(chromiumPath === undefined)(`a browser before a mirror${without}`, () => {
  test.for([
    ['http/1.1', false],
    ['h2', true],
  ] as const)('speaks %s, gets its page whole, and each of its requests has a fate', async ([protocol, isTls]) => {
    const certificate = isTls ? { certificate: await selfSigned() } : {}
    let seen = await visit(certificate)
    // The deadline is the test's own.
    while (seen.failed.some(isElsewhere)) seen = await visit(certificate)
    const requests = 1 + scripts + 1
    expect(seen).toEqual({
      failed: [],
      told: [scripts, '300000 /form a=1; b=2', [protocol]],
      counts: { requests, open: 0, fates: { 'compared equal': requests - 1, 'not allowed': 1 } },
      asked: [requests, requests - 1],
    })
  })
})
