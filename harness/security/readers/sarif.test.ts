import { describe, expect, test } from 'vitest'
import { reading, sample } from '../testing/reading.ts'

const whole = await sample('code.sarif')

/** A report of one run with one result, whose rule is told behind it. */
const one = (result: object, rule: object = {}, run: object = {}): string =>
  JSON.stringify({
    runs: [
      {
        results: [{ ruleId: 'r', message: { text: 'm' }, ...result }],
        tool: { driver: { name: 't', rules: [{ id: 'r', ...rule }] } },
        ...run,
      },
    ],
    version: '2.1.0',
  })

describe('SARIF', () => {
  test('tells results by their rules, though those stand behind them', async () => {
    const { format, findings, suppressed, troubles, head } = await reading(whole)
    expect(format).toBe('sarif')
    expect(troubles).toEqual([])
    expect(findings).toMatchObject([
      {
        id: 'CodeQL/js/sql-injection',
        title: 'Database query built from user-controlled sources',
        severity: 'critical',
        said: '9.8',
        spot: 'src/db.js',
        line: 17,
      },
      { id: 'CodeQL/js/unused-variable', severity: 'low', said: 'note' },
      { id: 'CodeQL/js/weak-hash', severity: 'high', said: 'error' },
    ])
    expect(suppressed).toMatchObject([{ id: 'js/weak-hash', why: 'a cache key' }])
    expect(head).toMatchObject({ tool: 'CodeQL', version: '2.20.0', targets: 1, lookedAt: Date.UTC(2026, 10, 16, 3) })
  })

  test.for<[name: string, result: object, rule: object, severity: string | undefined]>([
    ['its own level', { level: 'error' }, { defaultConfiguration: { level: 'note' } }, 'high'],
    ['the level of its rule', {}, { defaultConfiguration: { level: 'note' } }, 'low'],
    ['warning, the default of the standard', {}, {}, 'medium'],
    ['a score of the rule', { level: 'note' }, { properties: { 'security-severity': 7 } }, 'high'],
    ['a score of its own', { properties: { 'security-severity': '9.0' } }, {}, 'critical'],
    ['the rule of a part of it', { ruleId: 'r/1' }, { defaultConfiguration: { level: 'error' } }, 'high'],
    ['an index alone', { ruleId: undefined, ruleIndex: 0 }, { defaultConfiguration: { level: 'error' } }, 'high'],
    ['a level that there is not', { level: 'severe' }, {}, undefined],
    ['a suppression that was refused', { suppressions: [{ kind: 'external', status: 'rejected' }] }, {}, 'medium'],
  ])('a result has %s', async ([, result, rule, severity]) => {
    const { findings } = await reading(one(result, rule))
    expect(findings.map((each) => each.severity)).toEqual([severity])
  })

  test.for<[name: string, result: object]>([
    ['is good news', { kind: 'pass' }],
    ['is gone since the base', { baselineState: 'absent' }],
  ])('a result that %s is no finding', async ([, result]) => {
    const { findings, troubles } = await reading(one(result))
    expect([findings, troubles]).toEqual([[], []])
  })

  test.for<[name: string, text: string, kind: string, why: string]>([
    [
      'a tool that failed',
      one({}, {}, { invocations: [{ executionSuccessful: false }] }),
      'incomplete',
      'did not succeed',
    ],
    [
      'a tool that told an error',
      one(
        {},
        {},
        { invocations: [{ toolExecutionNotifications: [{ level: 'error', message: { text: 'no memory' } }] }] },
      ),
      'incomplete',
      'no memory',
    ],
    ['a run without results', one({}, {}, { results: null }), 'incomplete', 'did not look'],
    ['no run', '{"version":"2.1.0","runs":[]}', 'nothing-scanned', 'nothing'],
    ['another version', one({}).replace('2.1.0', '2.0.0'), 'unknown-format', '2.0.0'],
  ])('%s makes the report unreliable', async ([, text, kind, why]) => {
    const { troubles } = await reading(text)
    expect(troubles).toMatchObject([{ kind, why: expect.stringContaining(why) }])
  })
})
