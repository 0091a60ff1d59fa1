import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from './message.ts'
import { given } from './message.ts'
import { lint, requestChecks } from './passive.ts'

const checks = await requestChecks()
const examples = checks.flatMap((each) => each.examples.map((example) => ({ check: each, example })))

const findingsOf = (message: Message) =>
  lint(message, checks).flatMap(({ findings, unsettled }) => {
    expect(unsettled).toBeUndefined()
    return findings
  })

describe('an example of a check of requests yields exactly the rules that it names', () => {
  test.each(examples.map(({ check, example }) => [`${check.id}: ${example.title}`, check, example] as const))(
    '%s',
    (_, check, example) => {
      const found = [...check.run(example.given)]
      expect([...new Set(found.map(({ rule }) => rule))].toSorted()).toEqual(
        example.yields.map(({ id }) => id).toSorted(),
      )
      for (const { place } of found) expect(place).toMatch(/^request\./)
    },
  )
})

describe('what is found in a request', () => {
  test('does not depend on the order of fields with different names', () => {
    fc.assert(
      fc.property(fc.constantFrom(...examples), ({ example }) => {
        const { method, fields } = example.given.request
        const { url } = example.given.exchange.request
        const pairs = fields.lines.map(({ name, value }) => [name, value] as const)
        const reversed = fields
          .names()
          .toReversed()
          .flatMap((wanted) => pairs.filter(([name]) => name.toLowerCase() === wanted))
        const rules = (requestFields: typeof pairs) =>
          findingsOf(given({ url, method, requestFields }))
            .map(({ rule, place }) => `${rule} ${place}`)
            .toSorted()
        expect(rules(reversed)).toEqual(rules(pairs))
      }),
    )
  })

  test('is plain data with a short sentence that tells no secret, whatever was sent', () => {
    const known = [...new Set(examples.flatMap(({ example }) => example.given.request.fields.names()))]
    const value = fc.oneof(
      fc.stringMatching(/^[\u0000-\u00ff]{0,40}$/),
      fc.stringMatching(/^[a-z0-9=;,"<>()/:* -]{0,40}$/),
    )
    const request = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'TRACE', 'BREW'),
      requestFields: fc.array(fc.tuple(fc.constantFrom(...known, 'Authorization', 'Cookie'), value), { maxLength: 8 }),
    })
    fc.assert(
      fc.property(request, (options) => {
        for (const finding of findingsOf(given(options))) {
          expect(finding.sentence).not.toMatch(/undefined|NaN|\[object|[\u0000-\u001f\u007f]/)
          expect(finding.sentence.length).toBeLessThan(900)
          expect(JSON.parse(JSON.stringify(finding))).toEqual(finding)
        }
      }),
      { numRuns: 1000 },
    )
    const text = JSON.stringify(
      findingsOf(
        given({
          requestFields: [
            ['Authorization', 'Basic hunter2, hunter2'],
            ['Cookie', `a=${'hunter2'.repeat(2000)}`],
            ['Proxy-Authorization', 'hunter2 ('],
          ],
        }),
      ),
    )
    expect(text).not.toContain('hunter2')
  }, 30_000)
})
