import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../record/schema.ts'
import { elements, readXml } from '../readers.ts'
import { sampleRecord } from '../sample-everything.ts'
import { recordOf, sampleFinding, sampleStep } from '../sample-record.ts'
import { junit } from './junit.ts'

const render = (record: RunRecord): string => junit.render(record, { colour: false, columns: 100 })
const unsupported = {
  because: 'unsupported',
  why: 'no container engine answers',
  mend: 'apt-get install docker.io',
} as const
const blind = sampleStep({ looked: [], unsettled: unsupported, outcome: { kind: 'unsettled', ...unsupported } })

test('a step is a test case, a practice is a suite, and the failure carries the lesson', () => {
  const failed = sampleStep({ findings: [sampleFinding()], outcome: { kind: 'failed' } })
  expect(render(recordOf([failed, sampleStep({ subject: 'nginx /' })]))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="seatrial 20261121-030405-sample" tests="2" failures="1" errors="0" skipped="0" time="41.200" timestamp="2026-11-21T03:04:05.000Z">
      <testsuite name="http" tests="2" failures="1" errors="0" skipped="0" time="0.024" timestamp="2026-11-21T03:04:05.000Z">
        <testcase classname="http" name="http/fields balancer /page" time="0.012">
          <failure message="Age is &quot;ten&quot;, not a whole number of seconds." type="http/age-not-integer">ERROR http/age-not-integer at balancer /page (response.fields.age)
    saw:    Age is &quot;ten&quot;, not a whole number of seconds.
    wanted: Age is one non-negative whole number of seconds.
    mend:   Send whole seconds in Age, or drop the field.
    source: RFC 9111 section 5.1  https://www.rfc-editor.org/rfc/rfc9111#section-5.1
    replay: seatrial http http://127.0.0.1:8080/page --only http/age</failure>
        </testcase>
        <testcase classname="http" name="http/fields nginx /" time="0.012"/>
      </testsuite>
    </testsuites>
    "
  `)
})

describe('a record with everything in it', () => {
  const root = readXml(render(sampleRecord()))

  test('the counts in the heads are the counts of the elements', () => {
    for (const suite of [root, ...elements(root, 'testsuite')]) {
      expect(suite.attributes['tests']).toBe(String(elements(suite, 'testcase').length))
      expect(suite.attributes['failures']).toBe(String(elements(suite, 'failure').length))
      expect(suite.attributes['errors']).toBe(String(elements(suite, 'error').length))
      expect(suite.attributes['skipped']).toBe(String(elements(suite, 'skipped').length))
    }
    expect(elements(root, 'testsuite').map(({ attributes }) => attributes['name'])).toEqual([
      'boot',
      'http',
      'replication',
      'gate',
    ])
  })

  test('could not look is an error with the reason and the mend, not a failure and not a pass', () => {
    const errors = elements(root, 'error')
    expect(errors.map(({ attributes }) => attributes['type'])).toEqual([
      'unsettled: timeout',
      'unsettled: unsupported',
      'unsettled: unsupported',
    ])
    expect(errors[1]?.text).toBe('why:    no container engine answers\nmend:   apt-get install docker.io')
  })

  test('a note of the gate that blocks has a test case of its own', () => {
    const gate = elements(root, 'testsuite').find(({ attributes }) => attributes['name'] === 'gate')
    expect(gate?.children.map(({ attributes }) => attributes['name'])).toEqual(['accept-expired 1'])
  })

  test('hostile text is text', () => {
    const [message] = elements(root, 'failure').flatMap(({ attributes }) =>
      attributes['type'] === 'http/range-ignored' ? [attributes['message'] ?? ''] : [],
    )
    expect(message).toContain('\\x1b[31mred\\x07 </script>')
    expect(elements(root, 'script')).toEqual([])
  })
})

describe('it is red exactly when the verdict is', () => {
  const red = (record: RunRecord): boolean => {
    const root = readXml(render(record))
    return elements(root, 'failure').length + elements(root, 'error').length > 0
  }

  test('passed is not', () => {
    expect(red(recordOf([sampleStep()]))).toBe(false)
  })

  test('unsettled is', () => {
    expect(red(recordOf([sampleStep(), blind]))).toBe(true)
  })

  test('unsettled that the gate allows is not, and stays visible as skipped', () => {
    const record = recordOf([sampleStep(), blind])
    const allowed: RunRecord = {
      ...record,
      verdict: 'passed',
      exitCode: 0,
      gate: { ...record.gate, allow: ['unsupported'] },
    }
    expect(red(allowed)).toBe(false)
    expect(elements(readXml(render(allowed)), 'skipped').map(({ attributes }) => attributes['message'])).toEqual([
      'Could not look: this machine cannot do it.',
    ])
  })

  test('failed by a note of the gate alone is', () => {
    const notes = [{ kind: 'over-budget', blocks: true, text: '4 warnings, 3 allowed' } as const]
    expect(red(recordOf([sampleStep()], { verdict: 'failed', exitCode: 1, notes }))).toBe(true)
  })

  test('a run that was ended before it had looked at anything is', () => {
    expect(red(recordOf([], { state: 'interrupted' }))).toBe(true)
  })
})
