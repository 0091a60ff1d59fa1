import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprint } from '../kernel/index.ts'
import type { AcceptEntry, GatePolicy } from '../record/index.ts'
import { sampleFinding, samplePolicy, sampleStep } from '../record/sample-run.ts'
import { pattern } from './accepted.ts'
import { judgeSteps } from './gate.ts'

const today = new Date('2026-11-21T12:00:00Z')
const policy = (changes: Partial<GatePolicy>): GatePolicy => ({ ...samplePolicy, ...changes })
const entry = (changes: Partial<AcceptEntry> = {}): AcceptEntry => ({
  rule: 'http/age-not-integer',
  subject: '*',
  place: '*',
  reason: 'the vendor mends it in March',
  owner: 'ops',
  expires: '2026-12-31',
  ...changes,
})
const error = sampleFinding()
const warning = sampleFinding({ rule: 'http/vary-missing', level: 'warning' })
const good = sampleFinding({ rule: 'http/etag-works', level: 'good' })
const unsettled = sampleStep({
  subject: 'host',
  looked: [],
  unsettled: { because: 'unsupported', why: 'no engine', mend: 'Install one.' },
})
const passing = sampleStep()

describe('the outcome of a step', () => {
  test.each([
    [
      'passed when its checks looked and found nothing that blocks',
      sampleStep({ findings: [warning, good] }),
      'passed',
    ],
    ['failed when a finding blocks', sampleStep({ findings: [error] }), 'failed'],
    ['unsettled when it could not look', unsettled, 'unsettled'],
    ['skipped when it has a reason to be', sampleStep({ looked: [], skipped: 'no TLS here' }), 'skipped'],
    ['failed when it could not look at all but what it saw blocks', { ...unsettled, findings: [error] }, 'failed'],
  ])('is %s', (_, step, kind) => {
    expect(judgeSteps([step], samplePolicy, today).steps[0]?.outcome.kind).toBe(kind)
  })

  test('is unsettled when no check looked and nobody says why, and a note says so', () => {
    const { steps, notes, verdict } = judgeSteps([sampleStep({ looked: [] }), passing], samplePolicy, today)
    expect(steps[0]?.outcome).toMatchObject({ kind: 'unsettled', because: 'prerequisite' })
    expect(notes).toMatchObject([{ kind: 'looked-at-nothing', blocks: true }])
    expect(verdict).toBe('unsettled')
  })
})

describe('the verdict', () => {
  test.each([
    ['passed, exit code 0, when all that looked found nothing that blocks', [passing], {}, 'passed', 0],
    [
      'failed, exit code 1, when one step failed, whatever else could not look',
      [passing, unsettled, sampleStep({ findings: [error] })],
      {},
      'failed',
      1,
    ],
    ['unsettled, exit code 2, when one step could not look', [passing, unsettled], {}, 'unsettled', 2],
    [
      'passed when what could not look is of an allowed kind and something else passed',
      [passing, unsettled],
      { allow: ['unsupported'] },
      'passed',
      0,
    ],
    ['unsettled when only another kind is allowed', [passing, unsettled], { allow: ['timeout'] }, 'unsettled', 2],
    ['unsettled when nothing is left beside what is allowed', [unsettled], { allow: ['unsupported'] }, 'unsettled', 2],
    ['unsettled when everything was skipped', [sampleStep({ looked: [], skipped: 'x' })], {}, 'unsettled', 2],
    ['unsettled when there was no step', [], {}, 'unsettled', 2],
  ] as const)('is %s', (_, steps, changes, verdict, exitCode) => {
    const given = { ...changes, allow: 'allow' in changes ? [...changes.allow] : [] }
    expect(judgeSteps(steps, policy(given), today)).toMatchObject({ verdict, exitCode })
  })

  test('of a run that was interrupted is never passed', () => {
    expect(judgeSteps([passing], samplePolicy, today, { interrupted: true }).verdict).toBe('unsettled')
    const failing = sampleStep({ findings: [error] })
    expect(judgeSteps([failing], samplePolicy, today, { interrupted: true }).verdict).toBe('failed')
  })

  test('leaves allowed steps unsettled, and tells of them', () => {
    const { steps, notes } = judgeSteps([passing, unsettled], policy({ allow: ['unsupported'] }), today)
    expect(steps[1]?.outcome.kind).toBe('unsettled')
    expect(notes).toEqual([
      {
        kind: 'allowed-unsettled',
        blocks: false,
        text: '1 step could not look (unsupported), which the policy allows: http/fields on host.',
      },
    ])
  })
})

describe('the level that blocks', () => {
  test.each([
    ['error', [true, false, false]],
    ['warning', [true, true, false]],
    ['info', [true, true, false]],
  ] as const)('%s: graver findings block too, good news never does', (block, blocks) => {
    const { steps } = judgeSteps([sampleStep({ findings: [error, warning, good] })], policy({ block }), today)
    expect(steps[0]?.findings.map((finding) => finding.blocks)).toEqual(blocks)
  })
})

describe('a budget', () => {
  const two = [sampleStep({ findings: [warning] }), sampleStep({ findings: [{ ...warning, subject: 'web /' }] })]

  test('that is kept lets findings of its level pass, graver than the blocking level or not', () => {
    expect(judgeSteps(two, policy({ block: 'warning', budgets: { warning: 2 } }), today).verdict).toBe('passed')
  })

  test('that is exceeded makes every finding of its level block, and says by how much', () => {
    const { steps, notes, verdict } = judgeSteps(two, policy({ budgets: { warning: 1 } }), today)
    expect(steps.map((step) => step.outcome.kind)).toEqual(['failed', 'failed'])
    expect(notes).toEqual([
      { kind: 'over-budget', blocks: true, text: '2 findings of level warning, and the budget allows 1.' },
    ])
    expect(verdict).toBe('failed')
  })

  test('does not count what is excused', () => {
    const accept = [entry({ rule: 'http/vary-missing', subject: 'web /' })]
    expect(judgeSteps(two, policy({ budgets: { warning: 1 }, accept }), today).verdict).toBe('passed')
  })
})

describe('an entry of the accept-list', () => {
  const failing = [sampleStep({ findings: [error] })]

  test.each([
    ['the rule as it is called', {}],
    ['a wildcard in the rule', { rule: 'http/age-*' }],
    ['a wildcard in the subject', { subject: 'balancer /*' }],
    ['the place', { place: 'response.*.age' }],
  ])('that matches by %s excuses, with its reason in the record', (_, changes) => {
    const { steps, verdict, notes } = judgeSteps(failing, policy({ accept: [entry(changes)] }), today)
    expect(steps[0]?.findings[0]).toMatchObject({
      blocks: false,
      excuse: { kind: 'accepted', reason: 'the vendor mends it in March', owner: 'ops', expires: '2026-12-31' },
    })
    expect(verdict).toBe('passed')
    expect(notes).toEqual([])
  })

  test.each([
    ['another rule', { rule: 'http/age' }],
    ['another subject', { subject: 'balancer' }],
    ['another place', { place: 'age' }],
  ])('for %s excuses nothing and is told to be removed', (_, changes) => {
    const { verdict, notes } = judgeSteps(failing, policy({ accept: [entry(changes)] }), today)
    expect(verdict).toBe('failed')
    expect(notes).toMatchObject([{ kind: 'accept-unused', blocks: false }])
  })

  test('holds on its last day and not on the day after', () => {
    const accept = [entry({ expires: '2026-11-21' })]
    expect(judgeSteps(failing, policy({ accept }), today).verdict).toBe('passed')
    const { verdict, notes } = judgeSteps(failing, policy({ accept }), new Date('2026-11-22T00:00:00Z'))
    expect(verdict).toBe('failed')
    expect(notes[0]).toMatchObject({ kind: 'accept-expired', blocks: true })
    expect(notes[0]?.text).toContain('expired on 2026-11-21 and still matches 1 finding')
  })

  test('that has expired blocks even when what it matches would not', () => {
    const accept = [entry({ rule: 'http/vary-missing', expires: '2020-01-01' })]
    const { verdict, steps } = judgeSteps([sampleStep({ findings: [warning] })], policy({ accept }), today)
    expect(steps[0]?.outcome.kind).toBe('passed')
    expect(verdict).toBe('failed')
  })

  test('that has expired and matches nothing is told, and does not block', () => {
    const { verdict, notes } = judgeSteps([passing], policy({ accept: [entry({ expires: '2020-01-01' })] }), today)
    expect(notes).toMatchObject([{ kind: 'accept-expired', blocks: false }])
    expect(verdict).toBe('passed')
  })

  test('is not called useless when something could not be looked at', () => {
    const unused = policy({ accept: [entry({ rule: 'http/other' })], baseline: ['http/gone x y'] })
    expect(judgeSteps([passing, unsettled], unused, today).notes).toEqual([])
    expect(judgeSteps([passing], unused, today, { interrupted: true }).notes).toEqual([])
    expect(judgeSteps([passing], unused, today).notes.map((note) => note.kind)).toEqual([
      'accept-unused',
      'baseline-unused',
    ])
  })
})

describe('a baseline', () => {
  test('lets only what is new block', () => {
    const baseline = [fingerprint(error.subject, error)]
    const fresh = sampleFinding({ place: 'response.fields.date' })
    const { steps, verdict } = judgeSteps([sampleStep({ findings: [error, fresh] })], policy({ baseline }), today)
    expect(steps[0]?.findings.map(({ blocks, excuse }) => [blocks, excuse?.kind])).toEqual([
      [false, 'baseline'],
      [true, undefined],
    ])
    expect(verdict).toBe('failed')
  })

  test('knows a finding again although its evidence changed', () => {
    const baseline = [fingerprint(error.subject, error)]
    const later = sampleFinding({ evidence: { value: 'eleven' }, sentence: 'Age is "eleven".' })
    expect(judgeSteps([sampleStep({ findings: [later] })], policy({ baseline }), today).verdict).toBe('passed')
  })

  test('tells in one note how much of it is gone', () => {
    const { notes } = judgeSteps([passing], policy({ baseline: ['a/b c d', 'a/e c d'] }), today)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({ kind: 'baseline-unused', blocks: false })
    expect(notes[0]?.text).toContain('2 findings of the baseline')
  })
})

describe('a pattern', () => {
  test('matches as the regular expression that it stands for, with * for any text', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '/', '.'), maxLength: 8 })
    fc.assert(
      fc.property(letters, letters, (text, value) => {
        const wanted = new RegExp(`^${text.replaceAll(/[/.]/g, '\\$&').replaceAll('*', '.*')}$`, 's')
        expect(pattern(text)(value)).toBe(wanted.test(value))
      }),
      { numRuns: 500 },
    )
  })

  test('of many wildcards takes no time to miss', () => {
    const begin = performance.now()
    expect(pattern('*a'.repeat(50).concat('c'))('a'.repeat(100_000))).toBe(false)
    expect(performance.now() - begin).toBeLessThan(500)
  })
})
