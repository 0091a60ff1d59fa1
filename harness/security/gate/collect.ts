import type { ReportHead, ScannerFinding, Severity, Suppressed, Told, Trouble } from '../report/told.ts'
import { severities } from '../report/told.ts'

export type Graveness = Severity | 'unknown'

const graveness: readonly Graveness[] = [...severities, 'unknown']

/** What a file came to, with bounded memory: everything is counted, and of each severity so many are kept. */
export interface Collected {
  readonly counts: Readonly<Record<Graveness, number>>
  readonly findings: readonly ScannerFinding[]
  readonly head: ReportHead | undefined
  /** The first ones; all are counted. */
  readonly troubles: readonly Trouble[]
  readonly troubleCount: number
  readonly suppressed: readonly Suppressed[]
  readonly suppressedCount: number
}

const mostKept: Readonly<Record<Graveness, number>> = {
  critical: 1_000,
  high: 1_000,
  medium: 500,
  low: 200,
  info: 200,
  unknown: 200,
}
const mostTroubles = 20

/** Reads all that a report tells. */
export async function collect(told: AsyncIterable<Told>): Promise<Collected> {
  const counts: Record<Graveness, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
  const findings: ScannerFinding[] = []
  const troubles: Trouble[] = []
  const suppressed: Suppressed[] = []
  let [troubleCount, suppressedCount] = [0, 0]
  let head: ReportHead | undefined
  for await (const each of told) {
    if (each.is === 'head') head = each
    else if (each.is === 'trouble') {
      if (++troubleCount <= mostTroubles) troubles.push(each)
    } else if (each.is === 'suppressed') {
      if (++suppressedCount <= mostTroubles) suppressed.push(each)
    } else {
      const grave = each.severity ?? 'unknown'
      // A copy: a text that was cut out of the file would keep the piece of the file that it was cut from.
      if (++counts[grave] <= mostKept[grave]) findings.push(structuredClone(each))
    }
  }
  return { counts, findings, head, troubles, troubleCount, suppressed, suppressedCount }
}

/** How many of each severity were counted and not kept. */
export function notKept({ counts }: Pick<Collected, 'counts'>): readonly (readonly [Graveness, number])[] {
  return graveness.flatMap((grave) => {
    const more = counts[grave] - mostKept[grave]
    return more > 0 ? [[grave, more] as const] : []
  })
}
