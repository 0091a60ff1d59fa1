import { createHash } from 'node:crypto'
import { fingerprint } from '../../kernel/index.ts'
import type { Level } from '../../kernel/index.ts'
import type { RecordedFinding, RunRecord } from '../../record/schema.ts'
import { safeJson, visible, visibleLines, webAddress } from '../escape.ts'
import type { ReportFormat } from '../format.ts'
import { findingsOf, groupFindings } from '../group.ts'
import { blindness } from '../tally.ts'
import { whereOf } from '../teach.ts'
import { excuseSentence } from '../words.ts'

// A finding is about a running server, yet code scanning shows only what has a file. The
// configuration is where the server was named, so that is where people are sent.
const configuration = 'seatrial.config.ts'

const levelName = { error: 'error', warning: 'warning', info: 'note', good: 'none' } as const satisfies Record<
  Level,
  string
>

/** SARIF 2.1.0 (OASIS), as code scanning reads it. */
export const sarif: ReportFormat = {
  name: 'sarif',
  summary: 'SARIF 2.1.0, for code scanning',
  file: 'report.sarif',
  render(record) {
    const findings = findingsOf(record)
    const rules = rulesOf(findings)
    const indexes = new Map(rules.map(({ id }, index) => [id, index]))
    const seen = new Map<string, number>()
    const run = {
      tool: {
        driver: {
          name: 'Seatrial',
          semanticVersion: record.seatrial,
          rules,
        },
      },
      automationDetails: { id: `seatrial/${record.profile}/${record.id}` },
      columnKind: 'utf16CodeUnits',
      invocations: [invocationOf(record)],
      properties: { verdict: record.verdict, profile: record.profile, seed: record.seed, notes: record.notes },
      results: findings.map((finding) => {
        const print = fingerprint(finding.subject, finding)
        const nth = (seen.get(print) ?? 0) + 1
        seen.set(print, nth)
        return resultOf(finding, indexes.get(finding.rule) ?? -1, `${hash(print)}:${nth}`)
      }),
    }
    return `${safeJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, 1)}\n`
  },
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** The rules that were seen. A record holds no others. */
function rulesOf(findings: readonly RecordedFinding[]) {
  const rules = new Map(groupFindings(findings).map((group) => [group.rule, group]))
  return [...rules.values()].map(({ rule, level, wants, remedy, reference }) => {
    const helpUri = webAddress(reference.url)
    return {
      id: visible(rule),
      shortDescription: { text: visible(wants) },
      fullDescription: { text: `${visible(wants)} (${visible(reference.title)})` },
      ...(helpUri === undefined ? {} : { helpUri }),
      help: {
        text: `Wanted: ${visible(wants)}\nMend: ${visible(remedy)}\nSource: ${visible(`${reference.title} ${reference.url}`)}`,
      },
      defaultConfiguration: { level: levelName[level] },
      properties: { tags: [visible(rule.split('/', 1)[0] ?? rule)] },
    }
  })
}

function resultOf(finding: RecordedFinding, ruleIndex: number, print: string) {
  const { rule, level, sentence, wants, remedy, subject, place, excuse } = finding
  return {
    ruleId: visible(rule),
    ruleIndex,
    kind: level === 'good' ? 'pass' : 'fail',
    level: levelName[level],
    message: {
      text: `${visible(sentence)}\nat: ${whereOf(finding)}\nwanted: ${visible(wants)}\nmend: ${visible(remedy)}\nreplay: ${visible(finding.replay)}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: configuration, uriBaseId: '%SRCROOT%' },
          region: { startLine: 1 },
        },
        logicalLocations: [
          {
            name: visible(subject),
            fullyQualifiedName: visible(place === '' ? subject : `${subject} ${place}`),
            kind: 'resource',
          },
        ],
      },
    ],
    // Code scanning knows a result again by the first of the two.
    partialFingerprints: { primaryLocationLineHash: print, 'seatrialFinding/v1': print },
    ...(excuse === undefined
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: visible(excuseSentence(excuse)) }] }),
    properties: { blocks: finding.blocks, evidence: finding.evidence },
  }
}

function invocationOf(record: RunRecord) {
  const blind = record.steps.flatMap((step) => {
    const why = blindness(step)
    return why === undefined ? [] : [{ step, why, allowed: record.gate.allow.includes(why.because) }]
  })
  return {
    executionSuccessful: record.state === 'complete' && blind.every(({ allowed }) => allowed),
    commandLine: visible(record.command),
    startTimeUtc: record.startedAt,
    endTimeUtc: record.endedAt,
    exitCode: record.exitCode,
    exitCodeDescription: record.verdict,
    toolExecutionNotifications: [
      ...(record.state === 'interrupted'
        ? [{ level: 'error', message: { text: 'The run was ended from outside; this is what it had got to.' } }]
        : []),
      ...blind.map(({ step, why, allowed }) => ({
        level: allowed ? 'warning' : 'error',
        descriptor: { id: `unsettled/${why.because}` },
        message: {
          text: visibleLines(
            `${step.id} at ${step.subject} could not look (${why.because}): ${why.why}\nmend: ${why.mend}`,
          ).join('\n'),
        },
      })),
    ],
  }
}
