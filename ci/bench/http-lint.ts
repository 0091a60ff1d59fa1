import { messageOfExchange, given } from '../../harness/http/message.ts'
import { lint, passiveChecks } from '../../harness/http/passive.ts'

/**
 * How many responses all passive checks read in a second, on one thread:
 *
 *     node ci/bench/http-lint.ts
 *
 * Every round reads the message anew, so that nothing is left from the round before.
 */
const body = `<!doctype html><title>Page</title>${'<p>Some words of a page.</p>'.repeat(100)}`

const { exchange } = given({
  url: 'https://origin.test/page',
  requestFields: [
    ['Host', 'origin.test'],
    ['User-Agent', 'seatrial'],
    ['Accept', '*/*'],
  ],
  fields: [
    ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
    ['Server', 'nginx'],
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Content-Length', String(body.length)],
    ['Last-Modified', 'Wed, 31 Dec 2025 00:00:00 GMT'],
    ['ETag', '"33a64df5-1c2"'],
    ['Cache-Control', 'public, max-age=60, stale-while-revalidate=30'],
    ['Vary', 'Accept-Encoding'],
    ['Accept-Ranges', 'bytes'],
    ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
    ['Content-Security-Policy', "default-src 'self'; object-src 'none'; frame-ancestors 'none'"],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(self)'],
    ['Set-Cookie', '__Host-session=31d4d96e407aad42; Path=/; Secure; HttpOnly; SameSite=Lax'],
  ],
  body,
})

const checks = await passiveChecks()

function round(seconds: number): number {
  const start = performance.now()
  let messages = 0
  while (performance.now() - start < seconds * 1000) {
    for (let i = 0; i < 100; i++) {
      const message = messageOfExchange(exchange)
      if (message !== undefined) messages += lint(message, checks).length > 0 ? 1 : 0
    }
  }
  return messages / ((performance.now() - start) / 1000)
}

round(1)
const rates = [round(1), round(1), round(1)].toSorted((a, b) => a - b)
const [, median = 0] = rates
process.stdout.write(`${Math.round(median)} messages a second through ${checks.length} checks, one thread\n`)
