import process from 'node:process'
import { given, messageOfExchange } from '../../harness/http/message.ts'
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

/** Messages a second of processor time, so that a busy machine does not change the figure much. */
function rate(messages: number): number {
  const start = process.threadCpuUsage()
  for (let i = 0; i < messages; i++) {
    const message = messageOfExchange(exchange)
    if (message === undefined || lint(message, checks).length !== checks.length) throw new Error('nothing was read')
  }
  const { user, system } = process.threadCpuUsage(start)
  return messages / ((user + system) / 1e6)
}

rate(5000)
const rates = [rate(10_000), rate(10_000), rate(10_000)].toSorted((a, b) => a - b)
const [, median = 0] = rates
process.stdout.write(`${Math.round(median)} messages a second through ${checks.length} checks, on one thread\n`)
