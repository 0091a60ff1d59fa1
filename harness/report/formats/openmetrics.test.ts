import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../record/schema.ts'
import { readOpenMetrics } from '../readers.ts'
import { sampleRecord } from '../sample-everything.ts'
import { recordOf, sampleFinding, sampleStep } from '../sample-record.ts'
import { openmetrics } from './openmetrics.ts'

const render = (record: RunRecord): string => openmetrics.render(record, { colour: false, columns: 100 })

test('the numbers of a run, whole', () => {
  const failed = sampleStep({ findings: [sampleFinding()], outcome: { kind: 'failed' } })
  expect(render(recordOf([failed, sampleStep({ subject: 'nginx /' })]))).toMatchInlineSnapshot(`
    "# TYPE seatrial_run info
    # HELP seatrial_run The run that the numbers are of.
    seatrial_run_info{id="20261121-030405-sample",profile="commit",version="0.1.0",state="complete"} 1
    # TYPE seatrial_verdict stateset
    # HELP seatrial_verdict The word on the whole run.
    seatrial_verdict{seatrial_verdict="passed"} 0
    seatrial_verdict{seatrial_verdict="failed"} 1
    seatrial_verdict{seatrial_verdict="unsettled"} 0
    # TYPE seatrial_exit_code gauge
    # HELP seatrial_exit_code Exit code of the run.
    seatrial_exit_code 1
    # TYPE seatrial_run_start_timestamp_seconds gauge
    # UNIT seatrial_run_start_timestamp_seconds seconds
    # HELP seatrial_run_start_timestamp_seconds When the run began, in seconds since the epoch.
    seatrial_run_start_timestamp_seconds 1795230245
    # TYPE seatrial_run_duration_seconds gauge
    # UNIT seatrial_run_duration_seconds seconds
    # HELP seatrial_run_duration_seconds How long the run took.
    seatrial_run_duration_seconds 41.2
    # TYPE seatrial_run_cpu_seconds gauge
    # UNIT seatrial_run_cpu_seconds seconds
    # HELP seatrial_run_cpu_seconds Processor time of the run and its containers.
    seatrial_run_cpu_seconds 18.4
    # TYPE seatrial_run_peak_memory_bytes gauge
    # UNIT seatrial_run_peak_memory_bytes bytes
    # HELP seatrial_run_peak_memory_bytes The most memory that the run held.
    seatrial_run_peak_memory_bytes 432013312
    # TYPE seatrial_steps gauge
    # HELP seatrial_steps Steps by practice and outcome.
    seatrial_steps{practice="http",outcome="failed"} 1
    seatrial_steps{practice="http",outcome="unsettled"} 0
    seatrial_steps{practice="http",outcome="passed"} 1
    seatrial_steps{practice="http",outcome="skipped"} 0
    # TYPE seatrial_steps_unsettled gauge
    # HELP seatrial_steps_unsettled Steps that could not look, by the reason.
    seatrial_steps_unsettled{because="setup"} 0
    seatrial_steps_unsettled{because="prerequisite"} 0
    seatrial_steps_unsettled{because="harness"} 0
    seatrial_steps_unsettled{because="timeout"} 0
    seatrial_steps_unsettled{because="unsupported"} 0
    # TYPE seatrial_findings gauge
    # HELP seatrial_findings Findings by level.
    seatrial_findings{level="error"} 1
    seatrial_findings{level="warning"} 0
    seatrial_findings{level="info"} 0
    seatrial_findings{level="good"} 0
    # TYPE seatrial_findings_blocking gauge
    # HELP seatrial_findings_blocking Findings that block.
    seatrial_findings_blocking 1
    # TYPE seatrial_findings_excused gauge
    # HELP seatrial_findings_excused Findings that are accepted or in the baseline.
    seatrial_findings_excused 0
    # TYPE seatrial_rule_findings gauge
    # HELP seatrial_rule_findings Findings by rule and level.
    seatrial_rule_findings{rule="http/age-not-integer",level="error"} 1
    # EOF
    "
  `)
})

describe('read back by the grammar', () => {
  const samples = readOpenMetrics(render(sampleRecord()))
  const value = (name: string, labels: Record<string, string> = {}): number | undefined =>
    samples.find((one) => one.name === name && JSON.stringify(one.labels) === JSON.stringify(labels))?.value

  test('exactly one verdict is true', () => {
    const states = samples.filter(({ name }) => name === 'seatrial_verdict')
    expect(states.map(({ labels, value: on }) => [labels['seatrial_verdict'], on])).toEqual([
      ['passed', 0],
      ['failed', 1],
      ['unsettled', 0],
    ])
  })

  test('findings are counted by level and by rule', () => {
    expect(value('seatrial_findings', { level: 'error' })).toBe(6)
    expect(value('seatrial_findings', { level: 'good' })).toBe(1)
    expect(value('seatrial_rule_findings', { rule: 'http/hsts-absent', level: 'warning' })).toBe(3)
    expect(value('seatrial_findings_blocking')).toBe(4)
    expect(value('seatrial_findings_excused')).toBe(2)
  })

  test('steps are counted by practice and outcome, and those that could not look by the reason', () => {
    expect(value('seatrial_steps', { practice: 'http', outcome: 'failed' })).toBe(3)
    expect(value('seatrial_steps', { practice: 'boot', outcome: 'unsettled' })).toBe(1)
    expect(value('seatrial_steps_unsettled', { because: 'unsupported' })).toBe(2)
  })

  test('times are seconds and memory is bytes', () => {
    expect(value('seatrial_run_duration_seconds')).toBe(41.2)
    expect(value('seatrial_run_cpu_seconds')).toBe(18.4)
    expect(value('seatrial_run_peak_memory_bytes')).toBe(412 * 2 ** 20)
    expect(value('seatrial_run_start_timestamp_seconds')).toBe(Date.UTC(2026, 10, 21, 3, 4, 5) / 1000)
  })
})

test('what nobody measured has no number', () => {
  const told = render(recordOf([sampleStep()], { cost: { wallMs: 10, cpuMs: 0, peakMemoryBytes: 0 } }))
  const names = readOpenMetrics(told).map(({ name }) => name)
  expect(names).toContain('seatrial_run_duration_seconds')
  expect(names).not.toContain('seatrial_run_cpu_seconds')
  expect(names).not.toContain('seatrial_run_peak_memory_bytes')
})

test('a label with quotes, backslashes and line ends comes back as it was, made visible', () => {
  const record = recordOf([sampleStep()], { profile: 'a"b\\c\nd' })
  const [info] = readOpenMetrics(render(record))
  expect(info?.labels['profile']).toBe('a"b\\c\\nd')
})

test('the reader that these tests trust refuses what the grammar does not allow', () => {
  const good = '# TYPE a_seconds gauge\n# UNIT a_seconds seconds\na_seconds{l="x"} 1\n# EOF\n'
  expect(readOpenMetrics(good)).toHaveLength(1)
  for (const [bad, why] of [
    [good.replace('# EOF\n', ''), 'no # EOF'],
    [good.replace('UNIT a_seconds seconds', 'UNIT a_seconds bytes'), 'does not end in bytes'],
    [good.replace('l="x"', 'l="x'), 'neither descriptor nor sample'],
    [good.replace('l="x"', 'l="\\x"'), 'neither descriptor nor sample'],
    [good.replace(' 1\n', ' one\n'), 'neither descriptor nor sample'],
    [good.replace('a_seconds{', 'b_seconds{'), 'sample b_seconds inside a_seconds'],
    [good.replace('a_seconds{l="x"} 1\n', 'a_seconds{l="x"} 1\na_seconds{l="x"} 1\n'), 'occurs twice'],
  ] as const) {
    expect(() => readOpenMetrics(bad)).toThrow(why)
  }
})
