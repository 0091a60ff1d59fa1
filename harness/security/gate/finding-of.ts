import type { JsonObject, Level, LocatedFinding, RuleId } from '../../kernel/index.ts'
import type { Severity } from '../report/told.ts'
import { severities } from '../report/told.ts'
import type { Graveness } from './collect.ts'
import { placeOf, ruleOf, seenAt, subjectOf } from './identity.ts'
import type { Fact } from './same-fact.ts'

/** Level of a severity when findings from `block` on block: what blocks is an error, and nothing else is. */
export function levelOf(severity: Graveness, block: Severity): Level {
  // What nobody says is no small matter.
  if (severity === 'unknown') return 'warning'
  const rank = severities.indexOf(severity)
  if (rank <= severities.indexOf(block)) return 'error'
  return rank <= severities.indexOf('medium') ? 'warning' : 'info'
}

export interface Telling {
  readonly block: Severity
  readonly replay: string
  /** Documentation of the scanner. */
  readonly home: (scanner: string) => { readonly title: string; readonly url: string }
}

/** Facts as findings. Two that are alike but for address, port and line are told apart by their number, whatever their order. */
export function findingsOf(facts: readonly Fact[], telling: Telling): LocatedFinding[] {
  const seen = new Map<string, number>()
  return facts.map((fact) => {
    const { scanner, finding } = fact
    const [rule, subject, place] = [ruleOf(scanner, finding), subjectOf(finding), placeOf(finding)]
    const key = JSON.stringify([rule, subject, place])
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return locatedOf(fact, { rule, subject, place: nth === 1 ? place : `${place} #${nth}` }, telling)
  })
}

function locatedOf(
  { scanner, finding, also, file }: Fact,
  where: { readonly rule: RuleId; readonly subject: string; readonly place: string },
  { block, replay, home }: Telling,
): LocatedFinding {
  const { said, cves, cvss, title, id, host, port, protocol, line, spot, excerpt, at } = finding
  const severity = finding.severity ?? 'unknown'
  const { title: name } = home(scanner)
  const others = [...new Set(also.map((each) => `${home(each.scanner).title} (${each.file}, ${each.finding.at})`))]
  const evidence: JsonObject = {
    scanner,
    id,
    title,
    severity,
    said,
    cves: [...cves],
    report: `${file}: ${at}`,
    ...(cvss !== undefined && { cvss }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(protocol !== undefined && { protocol }),
    ...(spot !== undefined && { spot }),
    ...(line !== undefined && { line }),
    ...(excerpt !== '' && { excerpt }),
    ...(others.length > 0 && { also: others }),
  }
  const [cve] = cves
  const known = others.length === 0 ? '' : ` Also told by ${others.join(', ')}.`
  return {
    ...where,
    level: levelOf(severity, block),
    evidence,
    sentence: `${name} says of ${seenAt(finding)}: ${title} (${severity}).${known}`,
    wants: `No finding ${id} of ${name}.`,
    remedy: `Do what ${name} says about it, or accept it with a reason, an owner and an expiry date (--accept).`,
    reference: cve === undefined ? home(scanner) : { title: cve, url: `https://nvd.nist.gov/vuln/detail/${cve}` },
    replay,
  }
}
