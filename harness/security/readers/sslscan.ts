import { cvesIn } from '../report/facts.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding, Severity, Told } from '../report/told.ts'
import type { XmlNode } from '../report/xml.ts'
import { childText, readXml, rootTag } from '../report/xml.ts'

interface Weakness {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly said: string
}

/** sslscan has colours and no severities: what it paints red is high or critical here, what it paints yellow is medium. */
const protocols: Readonly<Record<string, Severity>> = {
  'ssl 2': 'high',
  'ssl 3': 'high',
  'tls 1.0': 'medium',
  'tls 1.1': 'medium',
}
const strengths: Readonly<Record<string, Severity>> = {
  null: 'high',
  anonymous: 'high',
  weak: 'high',
  medium: 'medium',
}

/** XML of sslscan (`--xml`). */
export const sslscan: ReportReader = {
  id: 'sslscan',
  title: 'sslscan XML',
  scanner: 'sslscan',
  home: 'https://github.com/rbsec/sslscan',
  takes: (start) => /^document\b[^>]*SSLScan/i.test(rootTag(start) ?? ''),
  async *read({ text }) {
    let targets = 0
    let version: string | undefined
    for await (const { is, node } of readXml(text(), new Set(['ssltest', 'error']))) {
      if (is === 'open') version ??= node.attributes['version']
      else if (node.name === 'error') yield failed(node, node.text)
      else {
        const error = childText(node, 'error')
        if (error === undefined) targets++
        else yield failed(node, error)
        yield* targetSays(node)
      }
    }
    yield { is: 'head', tool: 'sslscan', targets, ...(version !== undefined && { version }) }
  },
}

function failed(node: XmlNode, why: string): Told {
  return { is: 'trouble', kind: 'incomplete', at: `line ${node.line}`, why: `it could not look: ${why.trim()}` }
}

function* targetSays(target: XmlNode): Generator<Told> {
  const { host = '', port, sniname } = target.attributes
  const place: Pick<ScannerFinding, 'host' | 'aliases' | 'port' | 'protocol'> = {
    host,
    ...(sniname !== undefined && { aliases: [sniname] }),
    ...(port !== undefined && { port: Number(port) }),
    protocol: 'tcp',
  }
  for (const node of inside(target)) {
    const weakness = weaknessOf(node)
    if (weakness === undefined) continue
    const { name, attributes, line } = node
    const excerpt = Object.entries(attributes).map(([key, value]) => `${key}=${value}`)
    const cves = name === 'heartbleed' ? cvesIn('CVE-2014-0160') : []
    yield { is: 'finding', ...weakness, cves, ...place, excerpt: [name, ...excerpt].join(' '), at: `line ${line}` }
  }
}

function inside(node: XmlNode): XmlNode[] {
  return node.children.flatMap((child) => [child, ...inside(child)])
}

function weaknessOf({ name, attributes, text }: XmlNode): Weakness | undefined {
  const {
    type = '',
    version = '',
    enabled,
    strength,
    cipher = '',
    sslversion = '',
    vulnerable,
    supported,
    secure,
  } = attributes
  if (name === 'protocol' && enabled === '1') {
    const severity = protocols[`${type} ${version}`]
    return (
      severity && {
        id: `${type}v${version}`,
        title: `${type.toUpperCase()}v${version} is enabled`,
        severity,
        said: 'enabled',
      }
    )
  }
  if (name === 'cipher' && strength !== undefined) {
    const severity = strengths[strength]
    return severity && { id: `cipher ${cipher}`, title: `${sslversion} accepts ${cipher}`, severity, said: strength }
  }
  if (name === 'heartbleed' && vulnerable === '1') {
    return { id: 'heartbleed', title: 'Heartbleed', severity: 'critical', said: 'vulnerable' }
  }
  if (name === 'compression' && supported === '1') {
    return { id: 'compression', title: 'TLS compression is enabled', severity: 'medium', said: 'supported' }
  }
  if (name === 'renegotiation' && supported === '1' && secure === '0') {
    return { id: 'renegotiation', title: 'Insecure renegotiation', severity: 'high', said: 'not secure' }
  }
  if (name === 'expired' && text.trim() === 'true') {
    return { id: 'certificate-expired', title: 'The certificate has expired', severity: 'high', said: 'expired' }
  }
  if (name === 'self-signed' && text.trim() === 'true') {
    return {
      id: 'certificate-self-signed',
      title: 'The certificate is signed by itself',
      severity: 'medium',
      said: 'self-signed',
    }
  }
  return undefined
}
