import type { ScannerFinding } from '../report/told.ts'
import { exactly, ruleOf } from './identity.ts'

/** A finding with the reader of its report, and the file. */
export interface Sighting {
  readonly scanner: string
  readonly file: string
  readonly finding: ScannerFinding
}

/** One fact, and everybody who told it. */
export interface Fact extends Sighting {
  readonly also: readonly Sighting[]
}

/**
 * Makes one of what several reports say of the same host and port: the same CVE by two scanners, the same rule of the same
 * scanner in two files. Which one stands for it does not depend on the order of files: the gravest, then the first by what it says.
 */
export function sameFacts(sightings: readonly Sighting[]): Fact[] {
  const facts: (Sighting & { also: Sighting[] })[] = []
  const known = new Map<string, (Sighting & { also: Sighting[] })[]>()
  for (const sighting of sightings.toSorted(byOrder)) {
    const keys = keysOf(sighting)
    const same = keys.flatMap((key) => known.get(key) ?? []).find((fact) => isSame(fact, sighting))
    if (same !== undefined) {
      same.also.push(sighting)
      continue
    }
    const fact = { ...sighting, also: [] }
    facts.push(fact)
    for (const key of keys) known.set(key, [...(known.get(key) ?? []), fact])
  }
  return facts
}

const grave = ['critical', 'high', 'medium', 'low', 'info'] as const

function byOrder(a: Sighting, b: Sighting): number {
  const rank = ({ finding }: Sighting): number => (finding.severity === undefined ? 5 : grave.indexOf(finding.severity))
  const text = ({ scanner, finding, file }: Sighting): string => `${scanner}\u0000${exactly(finding)}\u0000${file}`
  const [one, other] = [text(a), text(b)]
  return rank(a) - rank(b) || (one < other ? -1 : one > other ? 1 : 0)
}

/** A fact is looked for at each name of its host. */
function keysOf({ scanner, finding }: Sighting): string[] {
  const { host, aliases = [], port = 0, target, spot, cves } = finding
  const names =
    host === undefined
      ? [`${target ?? ''} ${spot ?? ''}`]
      : [...new Set([host, ...aliases].map((name) => name.toLowerCase()))]
  const facts = [...cves, ruleOf(scanner, finding)]
  return names.filter((name) => name !== '').flatMap((name) => facts.map((fact) => `${name} ${port} ${fact}`))
}

/** In one file two findings are two, whatever they have in common. */
function isSame(fact: Fact, { scanner, file, finding }: Sighting): boolean {
  if (fact.file === file || fact.also.some((each) => each.file === file && each.scanner === scanner)) return false
  if (fact.scanner === scanner) return fact.finding.id === finding.id && fact.finding.spot === finding.spot
  return finding.cves.length > 0 && finding.cves.every((cve) => fact.finding.cves.includes(cve))
}
