import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import ajvFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RunRecord } from '../../record/schema.ts'
import { sampleRecord } from '../sample-everything.ts'
import { largeRecord, recordOf, sampleFinding, sampleStep } from '../sample-record.ts'
import { sarif } from './sarif.ts'

const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
// Ajv knows no draft 4; of what changed since, this schema only uses the name of its own id.
const {
  $schema: _draft,
  id: _id,
  ...schema
} = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(schemaFile, 'utf8')))
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
ajvFormats.default(ajv)
const validate = ajv.compile(schema)

const text = z.looseObject({ text: z.string() })
const result = z.looseObject({
  ruleId: z.string(),
  ruleIndex: z.int(),
  kind: z.string(),
  level: z.string(),
  message: text,
  partialFingerprints: z.record(z.string(), z.string()),
  suppressions: z.array(z.looseObject({ kind: z.string(), status: z.string(), justification: z.string() })).optional(),
})
const notification = z.looseObject({ level: z.string(), message: text })
const log = z.looseObject({
  runs: z.tuple([
    z.looseObject({
      tool: z.looseObject({
        driver: z.looseObject({ rules: z.array(z.looseObject({ id: z.string(), helpUri: z.string().optional() })) }),
      }),
      invocations: z.tuple([
        z.looseObject({ executionSuccessful: z.boolean(), toolExecutionNotifications: z.array(notification) }),
      ]),
      results: z.array(result),
    }),
  ]),
})

function read(record: RunRecord) {
  const parsed: unknown = JSON.parse(sarif.render(record, { colour: false, columns: 100 }))
  validate(parsed)
  expect(validate.errors ?? []).toEqual([])
  const [run] = log.parse(parsed).runs
  return { results: run.results, rules: run.tool.driver.rules, invocation: run.invocations[0] }
}

test('the published schema is strict: it refuses a level that SARIF does not have', () => {
  expect(
    validate({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: { text: 'x' }, level: 'bad' }] }],
    }),
  ).toBe(false)
})

describe('SARIF 2.1.0, valid by the published schema', () => {
  const { results, rules, invocation } = read(sampleRecord())

  test('levels are SARIF levels, and good news is a pass', () => {
    const of = (rule: string) =>
      results.filter(({ ruleId }) => ruleId === rule).map(({ kind, level }) => `${kind} ${level}`)
    expect(of('http/age-not-integer')).toEqual(['fail error', 'fail error', 'fail error'])
    expect(of('http/hsts-absent')).toEqual(['fail warning', 'fail warning', 'fail warning'])
    expect(of('http/via-present')).toEqual(['fail note'])
    expect(of('http/etag-strong')).toEqual(['pass none'])
  })

  test('each result points at its rule, and a rule has a help address only when it is a web address', () => {
    for (const one of results) expect(rules[one.ruleIndex]?.id).toBe(one.ruleId)
    const addresses = Object.fromEntries(rules.map(({ id, helpUri }) => [id, helpUri]))
    expect(addresses['http/age-not-integer']).toBe('https://www.rfc-editor.org/rfc/rfc9111#section-5.1')
    expect(addresses['http/range-ignored']).toBeUndefined()
  })

  test('excused findings are suppressed with the reason, the others are not', () => {
    const suppressed = results.filter(({ suppressions }) => suppressions !== undefined)
    expect(
      suppressed.map(({ ruleId, suppressions }) => [
        ruleId,
        suppressions?.[0]?.status,
        suppressions?.[0]?.justification,
      ]),
    ).toEqual([
      ['http/server-versioned', 'accepted', 'accepted by ops until 2027-01-31: internal network only'],
      ['http/date-absent', 'accepted', 'was there before (baseline)'],
    ])
  })

  test('what could not be looked at is an error of the tool, so the run was no success', () => {
    expect(invocation.executionSuccessful).toBe(false)
    expect(
      invocation.toolExecutionNotifications.map(({ level, message }) => `${level}: ${message.text.split('\n')[0]}`),
    ).toEqual([
      'error: The run was ended from outside; this is what it had got to.',
      'error: boot/reboot at host could not look (timeout): waited 30 s for "sshd is up", last saw:',
      'error: replication/topology at db /promote could not look (unsupported): no container engine answers',
      'error: replication/topology at db /restore could not look (unsupported): no container engine answers',
    ])
  })

  test('no two results have the same fingerprint', () => {
    const prints = results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash'])
    expect(new Set(prints).size).toBe(results.length)
  })
})

test('the fingerprint of a finding survives a change of what was measured, and not a change of place', () => {
  const printOf = (over: Parameters<typeof sampleFinding>[0]): string | undefined =>
    read(recordOf([sampleStep({ findings: [sampleFinding(over)], outcome: { kind: 'failed' } })])).results[0]
      ?.partialFingerprints['primaryLocationLineHash']
  const print = printOf({})
  expect(print).toMatch(/^[0-9a-f]{32}:1$/)
  expect(printOf({ sentence: 'Age is "12a".', evidence: { value: '12a' } })).toBe(print)
  expect(printOf({ subject: 'nginx /page' })).not.toBe(print)
})

test('a clean run is a success with no results', () => {
  const { results, invocation } = read(recordOf([sampleStep()]))
  expect(results).toEqual([])
  expect(invocation.executionSuccessful).toBe(true)
})

test('ten thousand results are valid too', () => {
  expect(read(largeRecord(2000, 5)).results).toHaveLength(10_000)
})
