import { timeOf } from '../report/fields.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding } from '../report/told.ts'
import { childOf, childText, readXml, rootTag } from '../report/xml.ts'
import { zapAlertSays } from '../report/zap-alert.ts'

/** The traditional XML report of ZAP. */
export const zapXml: ReportReader = {
  id: 'zap-xml',
  title: 'ZAP XML',
  scanner: 'ZAP',
  home: 'https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-xml/',
  takes: (start) => rootTag(start)?.startsWith('OWASPZAPReport') === true,
  async *read({ text }) {
    let targets = 0
    let site: Pick<ScannerFinding, 'host' | 'port'> = {}
    let about: Readonly<Record<string, string>> = {}
    for await (const { is, node } of readXml(text(), new Set(['alertitem']))) {
      if (is === 'whole') {
        const field = (name: string): string | undefined => childText(node, name)
        const first = childOf(childOf(node, 'instances'), 'instance') ?? node
        yield* zapAlertSays({ field, firstUri: childText(first, 'uri'), site, at: `line ${node.line}` })
      } else if (node.name === 'site') {
        targets++
        const { host, port } = node.attributes
        site = { ...(host !== undefined && { host }), ...(port !== undefined && { port: Number(port) }) }
      } else if (node.name === 'OWASPZAPReport') about = node.attributes
    }
    const lookedAt = timeOf(about['created'] ?? about['generated'])
    const version = about['version']
    yield {
      is: 'head',
      tool: 'ZAP',
      targets,
      ...(version !== undefined && { version }),
      ...(lookedAt !== undefined && { lookedAt }),
    }
  },
}
