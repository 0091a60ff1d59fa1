import { levels, unsettledKinds } from '../../kernel/index.ts'
import { visible } from '../escape.ts'
import type { ReportFormat } from '../format.ts'
import { findingsOf } from '../group.ts'
import { blindness, tally } from '../tally.ts'

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

interface Family {
  readonly name: string
  readonly type: 'gauge' | 'info' | 'stateset'
  readonly unit?: string
  readonly help: string
  readonly samples: readonly Sample[]
}

/**
 * The numbers of a run in the OpenMetrics text format 1.0, for a pushgateway or the textfile
 * collector. A finished run no longer counts, so everything is a gauge.
 */
export const openmetrics: ReportFormat = {
  name: 'openmetrics',
  summary: 'OpenMetrics text: the numbers of the run',
  file: 'openmetrics.txt',
  render(record) {
    const counted = tally(record)
    const { cost } = record
    const single = (value: number): Sample[] => [[{}, value]]
    // Nobody measures a run that was killed; its record holds 0, and no number is better than a wrong one.
    const measured = (value: number): Sample[] => (value === 0 ? [] : single(value))
    const rules = Map.groupBy(findingsOf(record), ({ rule, level }) => JSON.stringify([rule, level]))
    const families: Family[] = [
      {
        name: 'seatrial_run',
        type: 'info',
        help: 'The run that the numbers are of.',
        samples: [[{ id: record.id, profile: record.profile, version: record.seatrial, state: record.state }, 1]],
      },
      {
        name: 'seatrial_verdict',
        type: 'stateset',
        help: 'The word on the whole run.',
        samples: (['passed', 'failed', 'unsettled'] as const).map((verdict) => [
          { seatrial_verdict: verdict },
          Number(record.verdict === verdict),
        ]),
      },
      { name: 'seatrial_exit_code', type: 'gauge', help: 'Exit code of the run.', samples: single(record.exitCode) },
      {
        name: 'seatrial_run_start_timestamp_seconds',
        type: 'gauge',
        unit: 'seconds',
        help: 'When the run began, in seconds since the epoch.',
        samples: single(Date.parse(record.startedAt) / 1000),
      },
      {
        name: 'seatrial_run_duration_seconds',
        type: 'gauge',
        unit: 'seconds',
        help: 'How long the run took.',
        samples: single(cost.wallMs / 1000),
      },
      {
        name: 'seatrial_run_cpu_seconds',
        type: 'gauge',
        unit: 'seconds',
        help: 'Processor time of the run and its containers.',
        samples: measured(cost.cpuMs / 1000),
      },
      {
        name: 'seatrial_run_peak_memory_bytes',
        type: 'gauge',
        unit: 'bytes',
        help: 'The most memory that the run held.',
        samples: measured(cost.peakMemoryBytes),
      },
      {
        name: 'seatrial_steps',
        type: 'gauge',
        help: 'Steps by practice and outcome.',
        samples: counted.practices.flatMap(([practice, , outcomes]) =>
          Object.entries(outcomes).map(([outcome, number]): Sample => [{ practice, outcome }, number]),
        ),
      },
      {
        name: 'seatrial_steps_unsettled',
        type: 'gauge',
        help: 'Steps that could not look, by the reason.',
        samples: unsettledKinds.map((because) => [
          { because },
          record.steps.filter((step) => blindness(step)?.because === because).length,
        ]),
      },
      {
        name: 'seatrial_findings',
        type: 'gauge',
        help: 'Findings by level.',
        samples: levels.map((level) => [{ level }, counted.levels[level]]),
      },
      {
        name: 'seatrial_findings_blocking',
        type: 'gauge',
        help: 'Findings that block.',
        samples: single(counted.blocking),
      },
      {
        name: 'seatrial_findings_excused',
        type: 'gauge',
        help: 'Findings that are accepted or in the baseline.',
        samples: single(counted.excused),
      },
      {
        name: 'seatrial_rule_findings',
        type: 'gauge',
        help: 'Findings by rule and level.',
        samples: [...rules.values()].flatMap((found): Sample[] => {
          const [first] = found
          return first === undefined ? [] : [[{ rule: first.rule, level: first.level }, found.length]]
        }),
      },
    ]
    return `${families.map(familyText).join('')}# EOF\n`
  },
}

function familyText({ name, type, unit, help, samples }: Family): string {
  const suffix = type === 'info' ? '_info' : ''
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.map(([labels, value]) => `${name}${suffix}${labelText(labels)} ${value}`),
    '',
  ].join('\n')
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(visible(value))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

// Backslash, quote and line end are all that the format escapes (OpenMetrics 1.0, label values).
const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
