import type { ScannerFinding, Severity } from './told.ts'

/** Severity of a CVSS score (CVSS v3.1 section 5, the same in v4.0); undefined for what is no score. */
export function byScore(score: number | undefined): Severity | undefined {
  if (score === undefined || score < 0 || score > 10) return undefined
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'medium'
  return score > 0 ? 'low' : 'info'
}

const words: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  info: 'info',
  informational: 'info',
  none: 'info',
}

/** Severity by the word that most scanners have for it, in whatever case. */
export function byWord(word: string | undefined): Severity | undefined {
  const key = word?.toLowerCase() ?? ''
  return Object.hasOwn(words, key) ? words[key] : undefined
}

/** Every CVE that is named in a text, once, in order. */
export function cvesIn(...texts: readonly (string | undefined)[]): readonly string[] {
  const found = texts.flatMap((text) => text?.match(/\bCVE-\d{4}-\d{4,7}\b/gi) ?? [])
  return [...new Set(found.map((cve) => cve.toUpperCase()))].toSorted()
}

/** Characters of an excerpt. */
const longest = 300

/** The first words of a text, on as many lines as it has, as a text of its own: a slice would keep all that it was cut from. */
export function excerptOf(text: string | undefined, most: number = longest): string {
  const trimmed = (text ?? '').trim()
  const cut = trimmed.length > most ? `${trimmed.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}...` : trimmed
  return Buffer.from(cut).toString()
}

/** Host, port and path of an address; what is no address is a host as it is written. */
export function addressOf(text: string | undefined): Pick<ScannerFinding, 'host' | 'port' | 'spot' | 'protocol'> {
  if (text === undefined) return {}
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? URL.parse(text) : null
  if (url !== null) {
    const port = url.port === '' ? { 'https:': 443, 'http:': 80 }[url.protocol] : Number(url.port)
    return {
      host: url.hostname.replaceAll(/^\[|\]$/g, ''),
      ...(port !== undefined && { port }),
      protocol: 'tcp',
      spot: url.pathname,
    }
  }
  const [, host, port] = /^(\[[\da-f:]+\]|[^:\s]+):(\d{1,5})$/i.exec(text) ?? []
  if (host === undefined) return { host: text }
  return { host: host.replaceAll(/^\[|\]$/g, ''), port: Number(port), protocol: 'tcp' }
}
