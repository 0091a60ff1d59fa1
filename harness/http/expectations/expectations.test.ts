import { describe, expect, test } from 'vitest'
import { startOrigin } from '../../../fixtures/servers/origin.ts'
import type { OriginOptions } from '../../../fixtures/servers/origin.ts'
import { runCheck, systemClock } from '../../kernel/index.ts'
import { createClient } from '../../wire/index.ts'
import { lookAtPage } from '../look-at-page.ts'
import { httpSection } from '../section.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectSection } from './table.ts'
import { expectationChecks, groups } from './table.ts'

const checks = expectationChecks()

describe('every expectation', () => {
  test('there are at least 40 of them, and no id stands twice', () => {
    expect(checks.length).toBeGreaterThanOrEqual(40)
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  })

  test('is called after its group, and says in the schema what it is about', () => {
    for (const [group, members] of Object.entries(groups)) {
      for (const [name, { check, schema }] of Object.entries<Expectation>(members)) {
        expect(check.id).toMatch(new RegExp(`^http/expected-${group}-`))
        expect(schema.meta()?.description, `${group}.${name}`).toMatch(/\S/)
      }
    }
  })

  test.each(checks.map((check) => [check.id, check] as const))(
    '%s has an example of either kind',
    (_, { examples }) => {
      expect(new Set(examples.map(({ yields }) => yields.length))).toEqual(new Set([0, 1]))
    },
  )
})

describe('an example is met, or not, as it says', () => {
  test.each(checks.flatMap((check) => check.examples.map((one) => [`${check.id}: ${one.title}`, check, one] as const)))(
    '%s',
    (_, check, { given, yields }) => {
      const { findings, unsettled } = runCheck(check, given)
      expect(unsettled).toBeUndefined()
      expect(findings.map(({ rule }) => rule)).toEqual(yields.map(({ id }) => id))
    },
  )
})

interface Looked extends OriginOptions {
  readonly probes?: boolean
  readonly only?: readonly string[]
}

async function look(section: ExpectSection, { probes = true, only = [], ...options }: Looked = {}) {
  await using origin = await startOrigin(options)
  await using client = createClient({ deadlineMs: 3000 })
  const page = { subject: 'page', url: new URL(origin.url), intrusive: false, expect: section }
  const { signal } = new AbortController()
  // The page itself and the probes have tests of their own.
  const asked = only.length > 0 ? only : checks.map(({ id }) => id)
  const looking = { client, clock: systemClock, seed: 1, signal, probes, only: asked }
  return (await Array.fromAsync(lookAtPage(page, looking))).filter(({ id }) => id === 'http/expect')
}

describe('on a server', () => {
  test('a page that is as expected has no finding, and each expectation has looked', async () => {
    const [step] = await look({
      answer: { status: 200, fieldsPresent: ['etag'], fieldsAbsent: ['x-debug'] },
      caching: { sharedForSeconds: 60, vary: ['Accept-Encoding'] },
      content: { type: 'text/html', codings: ['gzip', 'br'] },
      protocol: { head: true, ranges: true, notModified: true, missingPage: { status: 404, fields: [] } },
      timing: { totalMs: 10_000 },
    })
    expect(step?.findings.map(({ sentence }) => sentence)).toEqual([])
    expect(step?.unsettled).toBeUndefined()
    expect(step?.looked).toHaveLength(12)
  })

  test('each that is not met is an error with what was seen and what was wanted', async () => {
    const [step] = await look({ answer: { status: 404 }, caching: { authorization: 'not-shared' } })
    expect(step?.findings).toMatchObject([
      {
        rule: 'http/expected-answer-status-unmet',
        level: 'error',
        evidence: { seen: 'status 200', wanted: 'status 404' },
      },
      {
        rule: 'http/expected-caching-authorization-unmet',
        evidence: { seen: 'Cache-Control: public, max-age=60' },
      },
    ])
  })

  test('an error page is asked for where there is no page', async () => {
    const expected = { protocol: { missingPage: { status: 404, fields: [] } } }
    const [healthy] = await look(expected)
    const [broken] = await look(expected, { faults: ['soft-404'] })
    expect(healthy?.findings).toEqual([])
    expect(broken?.findings).toMatchObject([
      { sentence: 'Expected status 404 where there is no page; seen: status 200.' },
    ])
  })

  test('over TLS, HTTP/2 and the version are seen', async () => {
    const [step] = await look({ protocol: { http2: true, tlsAtLeast: 'TLSv1.2' } }, { tls: true })
    expect([step?.findings, step?.unsettled]).toEqual([[], undefined])
  })

  test('what needs a further question is unsettled where none may be asked; the rest is judged', async () => {
    const [step] = await look({ answer: { status: 200 }, protocol: { head: true } }, { probes: false })
    expect(step?.looked).toEqual(['http/expected-answer-status'])
    expect(step?.unsettled).toMatchObject({ because: 'prerequisite' })
    expect(step?.unsettled?.why).toContain('http/expected-protocol-head')
  })

  test('only those are looked at that are asked for', async () => {
    const section = { answer: { status: 404 }, timing: { totalMs: 1e6 } }
    const [step] = await look(section, { only: ['http/expected-timing-total'] })
    expect([step?.looked, step?.findings]).toEqual([['http/expected-timing-total'], []])
    expect(await look(section, { only: ['http/age'] })).toEqual([])
  })
})

describe('in the configuration', () => {
  const parse = (section: unknown) => httpSection.safeParse({ targets: [{ in: 'web', expect: section }] })

  test('groups and names are those of the table, and a misspelt one is refused', () => {
    expect(parse({ caching: { sharedForSeconds: 60 }, cookies: { none: true } }).success).toBe(true)
    expect(parse({ caching: { sharedForSecond: 60 } }).success).toBe(false)
    expect(parse({ cashing: {} }).success).toBe(false)
  })

  test('a value that makes no sense is refused', () => {
    expect(parse({ answer: { fieldsMatching: { age: '(' } } }).success).toBe(false)
    expect(parse({ cookies: { none: false } }).success).toBe(false)
    expect(parse({ timing: { totalMs: 0 } }).success).toBe(false)
  })
})
