import { addressOf, cvesIn, excerptOf } from './facts.ts'
import type { ScannerFinding, Severity, Told } from './told.ts'

const risks: Readonly<Record<string, Severity>> = { 0: 'info', 1: 'low', 2: 'medium', 3: 'high' }
const words: Readonly<Record<string, Severity>> = { Informational: 'info', Low: 'low', Medium: 'medium', High: 'high' }

/** An alert of ZAP, whether it came as XML or as JSON: the names of its parts are the same. */
export interface ZapAlert {
  readonly field: (name: string) => string | undefined
  readonly firstUri: string | undefined
  readonly site: Pick<ScannerFinding, 'host' | 'port'>
  readonly at: string
}

/** What an alert says. One that its own words contradict, or that somebody called a false positive, is told as that. */
export function* zapAlertSays({ field, firstUri, site, at }: ZapAlert): Generator<Told> {
  const [id, said] = [field('alertRef') ?? field('pluginid') ?? '', field('riskcode') ?? '']
  const [, risk, confidence] = /^(\w+)(?: \((.+)\))?$/.exec(field('riskdesc') ?? '') ?? []
  if (field('confidence') === '0' || confidence === 'False Positive') {
    yield { is: 'suppressed', id, why: 'called a false positive in ZAP', at }
    return
  }
  const severity = risks[said]
  const inWords = risk === undefined ? undefined : words[risk]
  if (severity !== undefined && inWords !== undefined && severity !== inWords) {
    yield {
      is: 'trouble',
      kind: 'contradiction',
      at,
      why: `${id}: its risk is ${said}, and its description says ${risk}`,
    }
  }
  const { spot } = addressOf(firstUri)
  yield {
    is: 'finding',
    id,
    title: excerptOf(field('alert') ?? field('name')),
    severity: severity ?? (said === '' ? inWords : undefined),
    said: said === '' ? (risk ?? '') : said,
    cves: cvesIn(field('name')),
    ...site,
    protocol: 'tcp',
    ...(spot !== undefined && { spot: excerptOf(spot) }),
    excerpt: excerptOf(`${firstUri ?? ''} ${field('otherinfo') ?? ''}`),
    at,
  }
}
