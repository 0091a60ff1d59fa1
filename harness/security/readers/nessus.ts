import { excerptOf, byWord, cvesIn } from '../report/facts.ts'
import { timeOf } from '../report/fields.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding, Severity } from '../report/told.ts'
import type { XmlNode } from '../report/xml.ts'
import { childrenOf, childText, readXml, rootTag } from '../report/xml.ts'

/** The attribute `severity` of a ReportItem. */
const numbers: Readonly<Record<string, Severity>> = { 0: 'info', 1: 'low', 2: 'medium', 3: 'high', 4: 'critical' }

/** Tells of the scan itself: "Nessus Scan Information". */
const aboutTheScan = '19506'

/** .nessus v2 (Tenable, "Nessus File Format"). */
export const nessus: ReportReader = {
  id: 'nessus',
  title: '.nessus v2',
  scanner: 'Nessus',
  home: 'https://docs.tenable.com/nessus/',
  takes: (start) => rootTag(start)?.startsWith('NessusClientData_v2') === true,
  async *read({ text }) {
    let targets = 0
    let host: Pick<ScannerFinding, 'host' | 'aliases'> = {}
    let about = ''
    for await (const { is, node } of readXml(text(), new Set(['HostProperties', 'ReportItem']))) {
      if (is === 'open') {
        if (node.name === 'ReportHost') {
          targets++
          host = { host: node.attributes['name'] ?? '' }
        }
      } else if (node.name === 'HostProperties') {
        const tags = new Map(childrenOf(node, 'tag').map((tag) => [tag.attributes['name'] ?? '', tag.text.trim()]))
        host = { ...host, aliases: ['host-ip', 'host-fqdn', 'host-rdns'].flatMap((name) => tags.get(name) ?? []) }
        if (tags.has('HOST_START') && !tags.has('HOST_END')) {
          const why = `the scan of ${host.host} began and did not end`
          yield { is: 'trouble', kind: 'incomplete', at: `line ${node.line}`, why }
        }
      } else {
        if (node.attributes['pluginID'] === aboutTheScan) about = childText(node, 'plugin_output') ?? ''
        yield findingOf(node, host)
      }
    }
    yield { is: 'head', tool: 'Nessus', targets, ...scanOf(about) }
  },
}

function findingOf(node: XmlNode, host: Pick<ScannerFinding, 'host' | 'aliases'>): ScannerFinding {
  const { pluginID = '', pluginName = '', severity: number, port, protocol } = node.attributes
  const risk = childText(node, 'risk_factor')
  const cvss = Number(childText(node, 'cvss3_base_score') ?? childText(node, 'cvss_base_score'))
  return {
    is: 'finding',
    id: pluginID,
    title: pluginName === '' ? (childText(node, 'plugin_name') ?? `plugin ${pluginID}`) : pluginName,
    // The number is what Nessus shows, whoever changed it; the risk factor beside it is that of CVSS v2.
    severity: number === undefined ? byWord(risk) : numbers[number.trim()],
    said: number ?? risk ?? '',
    ...(Number.isFinite(cvss) && { cvss }),
    cves: cvesIn(...childrenOf(node, 'cve').map(({ text }) => text)),
    ...host,
    ...(port !== undefined && port !== '0' && { port: Number(port) }),
    ...(protocol !== undefined && { protocol }),
    excerpt: excerptOf(childText(node, 'plugin_output') ?? childText(node, 'synopsis')),
    at: `line ${node.line}`,
  }
}

function scanOf(output: string): { version?: string; feedAt?: number; lookedAt?: number } {
  const version = /^Nessus version : (\S+)/m.exec(output)?.[1]
  const feed = /^Plugin feed version : (\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?/m.exec(output)
  const feedAt =
    feed === null ? undefined : timeOf(`${feed[1]}-${feed[2]}-${feed[3]}T${feed[4] ?? '00'}:${feed[5] ?? '00'}:00Z`)
  const date = /^Scan Start Date : (\d{4})\/(\d{1,2})\/(\d{1,2})/m.exec(output)
  const lookedAt = date === null ? undefined : Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]))
  return {
    ...(version !== undefined && { version }),
    ...(feedAt !== undefined && { feedAt }),
    ...(lookedAt !== undefined && { lookedAt }),
  }
}
