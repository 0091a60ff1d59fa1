import { isIP } from 'node:net'
import type { RuleId } from '../../kernel/index.ts'
import type { ScannerFinding } from '../report/told.ts'

/** Letters, digits and dashes of a text, for an id. */
function slug(text: string, most = 100): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return plain.slice(0, most) || 'unnamed'
}

/** One CVE is the same fact whoever finds it; anything else is a rule of its scanner. */
export function ruleOf(scanner: string, { id, cves: [cve, ...more] }: Pick<ScannerFinding, 'id' | 'cves'>): RuleId {
  return cve !== undefined && more.length === 0 ? `security/${slug(cve)}` : `security/${slug(`${scanner}-${id}`)}`
}

/** What was scanned, by what stays when addresses move: the first name that is no address. */
export function subjectOf({
  target,
  host = '',
  aliases = [],
}: Pick<ScannerFinding, 'target' | 'host' | 'aliases'>): string {
  if (target !== undefined) return target
  const name = [host, ...aliases].find((each) => isIP(each) === 0 && each !== '' && each.toLowerCase() !== 'localhost')
  return name?.toLowerCase() ?? 'a host'
}

/** Severity first, so that what becomes graver is another finding; then what stays when ports and lines move. */
export function placeOf({ severity, protocol, spot }: ScannerFinding): string {
  return [severity ?? 'unknown', protocol, spot].filter((part) => part !== undefined && part !== '').join(' ')
}

/** Where it was seen, for people: `web.test (10.0.0.1):443/tcp`, `src/a.js:17`. */
export function seenAt({ host, port, protocol, target, spot, line }: ScannerFinding): string {
  if (host === undefined) return `${spot ?? target ?? ''}${line === undefined ? '' : `:${line}`}`
  const named = host.includes(':') ? `[${host}]` : host
  return `${named}${port === undefined ? '' : `:${port}`}${protocol === undefined ? '' : `/${protocol}`}${spot === undefined ? '' : ` ${spot}`}`
}

/** Everything by which two findings are compared and ordered, whatever scanner told them and wherever they stood. */
export function exactly(finding: ScannerFinding): string {
  const { host, port = 0, target, spot, line = 0, id, title, excerpt } = finding
  const number = (value: number): string => String(value).padStart(8, '0')
  return [target, host, number(port), spot, number(line), id, title, excerpt].join('\u0000')
}
