import { resolve } from 'node:path'
import type { Clock, LocatedFinding, StepReport, Unsettled } from '../../kernel/index.ts'
import { shellWord } from '../../kernel/index.ts'
import { openReport } from '../report/open-report.ts'
import type { Severity, Trouble } from '../report/told.ts'
import type { Collected, Graveness } from './collect.ts'
import { collect, notKept } from './collect.ts'
import { findingsOf, levelOf } from './finding-of.ts'
import type { Sighting } from './same-fact.ts'
import { sameFacts } from './same-fact.ts'
import { staleness } from './staleness.ts'

export interface GateOptions {
  /** Folder from which files are named. */
  readonly folder: string
  /** What is at least as grave as this is an error. */
  readonly block: Severity
  /** Days that a report, and what its scanner knew, may be old. */
  readonly maxAgeDays?: number
  readonly clock: Pick<Clock, 'now'>
  /** Is told how many bytes were read. */
  readonly worked?: (bytes: number) => void
}

/** One file: what it is, how many findings of each severity it has, and what is wrong with it. */
export interface GatedFile {
  readonly file: string
  readonly format: string | null
  readonly counts: Readonly<Record<Graveness, number>>
  readonly trouble: readonly string[]
}

export interface Gated {
  readonly files: readonly GatedFile[]
  readonly steps: readonly StepReport[]
  /** When the newest of the reports was made, where one says so: milliseconds since the epoch. */
  readonly lookedAt: number | undefined
}

interface ReadFile extends Collected {
  readonly file: string
  readonly format: { readonly id: string; readonly scanner: string; readonly home: string } | undefined
}

/**
 * Reads reports one after the other, and makes a step of each. What two of them tell of the same thing stands in the first.
 *
 * @throws UsageError for a file that cannot be read
 */
export async function gateReports(files: readonly string[], options: GateOptions): Promise<Gated> {
  const read: ReadFile[] = []
  // Named twice is not seen twice.
  for (const file of new Set(files)) {
    const { reader, told } = await openReport(resolve(options.folder, file), file, options.worked)
    const collected = await collect(told())
    const old = staleness(collected.head, options)
    const troubles = [...collected.troubles, ...old]
    read.push({ ...collected, troubles, troubleCount: collected.troubleCount + old.length, file, format: reader })
  }
  const sightings = read.flatMap(({ findings, file, format }) =>
    findings.map((finding): Sighting => ({ scanner: format?.id ?? '', file, finding })),
  )
  const homes = new Map(read.flatMap(({ format }) => (format === undefined ? [] : [[format.id, format] as const])))
  const home = (id: string): { title: string; url: string } => {
    const { scanner: title = id, home: url = '' } = homes.get(id) ?? {}
    return { title, url }
  }
  const facts = sameFacts(sightings)
  const all = findingsOf(facts, {
    block: options.block,
    replay: `seatrial gate ${files.map(shellWord).join(' ')}`,
    home,
  })
  const times = read.flatMap(({ head }) => head?.lookedAt ?? [])
  return {
    files: read.map(({ file, format, counts, troubles, troubleCount }) => ({
      file,
      format: format?.id ?? null,
      counts,
      trouble: troubleLines(troubles, troubleCount),
    })),
    steps: read.map((each) => {
      const own = all.filter((_, at) => facts[at]?.file === each.file)
      return stepOf(each, [...own, ...asideOf(each, options.block)])
    }),
    lookedAt: times.length === 0 ? undefined : Math.max(...times),
  }
}

function stepOf(
  { file, format, head, troubles, troubleCount }: ReadFile,
  findings: readonly LocatedFinding[],
): StepReport {
  const why = troubleLines(troubles, troubleCount).map((line) => `${file}: ${line}`)
  const unsettled: Unsettled = {
    because: 'prerequisite',
    why: why.join('\n'),
    mend: 'Let the scanner run to its end and write the report anew; a report in part says nothing of what it lacks.',
  }
  return {
    id: 'security/report',
    subject: file,
    looked: head === undefined || format === undefined ? [] : [`security/${format.id}`],
    findings,
    // The same files give the same report: when they were read is no part of it.
    startedAt: head?.lookedAt ?? 0,
    durationMs: 0,
    ...(why.length > 0 && { unsettled }),
  }
}

function troubleLines(troubles: readonly Trouble[], all: number): string[] {
  const lines = troubles.map(({ at, why }) => (at === undefined ? why : `${at}: ${why}`))
  return all > troubles.length ? [...lines, `and ${all - troubles.length} more`] : lines
}

/** What is in a report and not among its findings: more than are listed, and what it hides itself. */
function asideOf(
  { file, format, suppressed, suppressedCount, ...collected }: ReadFile,
  block: Severity,
): LocatedFinding[] {
  const { scanner: title = '', home: url = '' } = format ?? {}
  const common = { subject: file, reference: { title, url }, replay: `seatrial gate ${shellWord(file)}` }
  const more = notKept(collected).map(([severity, count]): LocatedFinding => ({
    ...common,
    rule: 'security/report-too-large',
    level: levelOf(severity, block),
    place: `${severity} ${count} more`,
    evidence: { severity, count },
    sentence: `${count} more findings of severity ${severity} are counted, and not listed.`,
    wants: 'So few findings that each can be read.',
    remedy: 'Mend what is listed, or give the gate a report for each part of the network.',
  }))
  if (suppressedCount === 0) return more
  const named = suppressed.map(({ id, why, at }) => `${id} (${at}): ${why}`)
  const hidden: LocatedFinding = {
    ...common,
    rule: 'security/report-hides',
    level: 'info',
    place: 'suppressed',
    evidence: { count: suppressedCount, suppressed: named },
    sentence: `The report itself hides ${suppressedCount} findings: ${named.slice(0, 5).join('; ')}.`,
    wants: 'What is hidden has a reason.',
    remedy: 'Look whether each of them still holds.',
  }
  return [...more, hidden]
}
