import process from 'node:process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CheckResult } from '../kernel/index.ts'
import { given } from './message.ts'
import { lint, passiveChecks, requestChecks } from './passive.ts'

/** How many messages are made: SEATRIAL_RANDOM_MESSAGES, else 2000. */
const messages = Number(process.env['SEATRIAL_RANDOM_MESSAGES'] ?? 2000)
const seed = Number(process.env['SEATRIAL_RANDOM_SEED'] ?? 1)

const checks = [...(await passiveChecks()), ...(await requestChecks())]
const examples = checks.flatMap((each) => each.examples.map((example) => example.given))
const lines = examples.flatMap(({ request, response }) => [...request.fields.lines, ...response.fields.lines])

const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...new Set(lines.map((line) => line.name))) },
  { weight: 1, arbitrary: latin1(20) },
)
const value = fc.oneof(
  fc.constantFrom(...new Set(lines.map((line) => line.value).filter((text) => text.length < 1000))),
  latin1(40),
  fc.stringMatching(/^[a-z0-9=;,"<>()/:* -]{0,40}$/),
)
const fields = (maxLength: number) => fc.array(fc.tuple(name, value), { maxLength })

const message = fc.record({
  url: fc.constantFrom('http://origin.test/', 'https://origin.test/a?b=c', 'http://a b/', 'https://[::1]:8080/%zz'),
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'CONNECT', 'BREW'),
  status: fc.oneof(fc.integer({ min: 0, max: 999 }), fc.constantFrom(200, 206, 301, 304, 401, 404, 405, 416, 500)),
  reason: latin1(10),
  fields: fields(12),
  requestFields: fields(6),
  requestBody: fc.constantFrom('', 'a=b'),
  trailers: fields(2),
  body: fc.oneof(latin1(30), fc.uint8Array({ maxLength: 30 })),
  response: fc.record({ complete: fc.boolean(), cutOff: fc.boolean() }),
})

// What a program says by mistake; a message that holds it already proves nothing.
const slip = /undefined|NaN|\[object/

test(
  `no check throws, and what is found is plain data with a short sentence, over ${messages} messages of seed ${seed}`,
  { timeout: 30_000 + messages * 20 },
  () => {
    let looked = 0
    fc.assert(
      fc.property(message, (options) => {
        fc.pre(!slip.test(JSON.stringify(options)))
        const { url, ...rest } = options
        const written = given({ ...rest, url: URL.canParse(url) ? url : 'http://origin.test/' })
        const { exchange } = written
        const results = lint({ ...written, exchange: { ...exchange, request: { ...exchange.request, url } } }, checks)
        looked += 1
        expect(results.flatMap(complaints)).toEqual([])
      }),
      { numRuns: messages, seed },
    )
    expect(looked).toBe(messages)
  },
)

/** What is wrong with what a check said. */
function complaints({ findings, unsettled }: CheckResult): string[] {
  const wrong = findings.filter((finding) => {
    const { sentence, place } = finding
    const short = sentence.length > 0 && sentence.length < 900
    return !short || slip.test(sentence) || /[\u0000-\u001f\u007f]/.test(sentence + place) || !isPlain(finding)
  })
  return [...(unsettled === undefined ? [] : [unsettled.why]), ...wrong.map((finding) => JSON.stringify(finding))]
}

/** True for what JSON gives back as it was: no undefined, no NaN, no instance of a class, however deep. */
function isPlain(seen: unknown): boolean {
  if (seen === null || typeof seen === 'string' || typeof seen === 'boolean') return true
  if (typeof seen === 'number') return Number.isFinite(seen)
  if (Array.isArray(seen)) return seen.every(isPlain)
  if (typeof seen !== 'object') return false
  return Object.getPrototypeOf(seen) === Object.prototype && Object.values(seen).every(isPlain)
}

function latin1(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength })
}
