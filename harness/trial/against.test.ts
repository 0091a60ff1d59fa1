import { describe, expect, test } from 'vitest'
import type { LocatedFinding, RuleId, StepReport } from '../kernel/index.ts'
import { systemClock } from '../kernel/index.ts'
import { completeRecord } from '../judge/index.ts'
import { sampleHead } from '../record/sample-run.ts'
import { againstStep } from './against.ts'

const end = {
  state: 'complete',
  endedAt: '2026-11-21T09:48:30.000Z',
  cost: { wallMs: 1, cpuMs: 1, peakMemoryBytes: 1 },
} as const

const finding = (rule: RuleId, level: 'good' | 'error' = 'good'): LocatedFinding => ({
  rule,
  level,
  place: 'response',
  evidence: {},
  sentence: 'It can be validated.',
  wants: '',
  remedy: '',
  reference: { title: 'RFC 9110', url: 'https://www.rfc-editor.org/rfc/rfc9110' },
  subject: 'balancer /page',
  replay: '',
})

const page = (more: Partial<StepReport> = {}): StepReport => ({
  id: 'http/page',
  subject: 'balancer /page',
  looked: ['http/conditional-etag', 'http/vary'],
  findings: [finding('http/conditional-etag-honoured')],
  startedAt: 0,
  durationMs: 1,
  ...more,
})

function compared(before: readonly StepReport[], now: readonly StepReport[], only: readonly string[] = []): string[] {
  const record = completeRecord({ head: sampleHead(), parts: [], steps: before, end }, end)
  const { findings } = againstStep(record, now, { only, clock: systemClock })
  return findings.map(({ rule, place, subject }) => `${rule} ${place} ${subject}`)
}

describe('a run against an earlier one', () => {
  test('nothing is told of what is as it was', () => {
    expect(compared([page()], [page()])).toEqual([])
  })

  test('what was good and is missing is told, where its check has looked again', () => {
    expect(compared([page()], [page({ findings: [] })])).toEqual([
      'trial/against-good-lost http/conditional-etag-honoured balancer /page',
    ])
  })

  test('what was looked at and is not any more is told, each check once', () => {
    expect(compared([page(), page()], [page({ looked: ['http/conditional-etag'] })])).toEqual([
      'trial/against-not-looked http/vary balancer /page',
    ])
  })

  test('a subject that is gone is told by every check that looked at it', () => {
    expect(compared([page()], [])).toEqual([
      'trial/against-not-looked http/conditional-etag balancer /page',
      'trial/against-not-looked http/vary balancer /page',
    ])
  })

  test('good news on another place of the same subject is the same good news', () => {
    const moved = [{ ...finding('http/conditional-etag-honoured'), place: 'elsewhere' }]
    expect(compared([page()], [page({ findings: moved })])).toEqual([])
  })

  test.each([
    ['what is new', [page({ findings: [] })], [page()]],
    [
      'an old finding that is gone',
      [page({ findings: [finding('http/vary-missing', 'error')] })],
      [page({ findings: [] })],
    ],
    [
      'what could not be looked at: that is said by its own step',
      [page()],
      [page({ looked: [], findings: [], unsettled: { because: 'setup', why: 'x', mend: 'y' } })],
    ],
  ])('nothing is told of %s', (_what, before, now) => {
    expect(compared(before, now)).toEqual([])
  })

  test.each([
    [['http/vary'], ['trial/against-not-looked http/vary balancer /page']],
    [['http/conditional-etag'], ['trial/against-good-lost http/conditional-etag-honoured balancer /page']],
  ])('only what was asked for is held against it: %j', (only, told) => {
    expect(compared([page()], [page({ looked: ['http/conditional-etag'], findings: [] })], only)).toEqual(told)
  })
})
