import { byWord, cvesIn, excerptOf } from '../report/facts.ts'
import { timeOf } from '../report/fields.ts'
import type { ReportReader } from '../report/reader.ts'
import type { Told } from '../report/told.ts'
import type { XmlNode } from '../report/xml.ts'
import { childOf, childrenOf, childText, readXml, rootTag } from '../report/xml.ts'

/** Threats that are no threat: what was noted on the way (GMP, "result"). */
const noted = new Set(['Log', 'Debug'])

/** XML of OpenVAS and GVM, as downloaded or as its protocol gives it (GMP, `get_reports`). */
export const openvas: ReportReader = {
  id: 'openvas',
  title: 'OpenVAS/GVM XML',
  scanner: 'OpenVAS',
  home: 'https://docs.greenbone.net/API/GMP/gmp-22.7.html#command_get_reports',
  takes(start) {
    const root = rootTag(start) ?? ''
    if (root.startsWith('get_reports_response')) return true
    return /^report\b/.test(root) && /<(?:gmp|omp)>|format_id=|<results\b|<scan_run_status>/.test(start)
  },
  async *read({ text }) {
    const wholes = new Set([
      'result',
      'result_count',
      'scan_run_status',
      'hosts',
      'host',
      'errors',
      'scan_end',
      'creation_time',
    ])
    const seen = new Set<string>()
    let results = 0
    let hosts: number | undefined
    let wanted: { readonly count: number; readonly line: number } | undefined
    let lookedAt: number | undefined
    for await (const { is, node, parent } of readXml(text(), wholes)) {
      if (is === 'open') continue
      const own = node.text.trim()
      if (node.name === 'result') {
        results++
        seen.add(childOf(node, 'host')?.text.trim() ?? '')
        yield* resultSays(node)
      } else if (node.name === 'host') seen.add(childText(node, 'ip') ?? own)
      else if (node.name === 'hosts' && parent === 'report') hosts = Number(childText(node, 'count') ?? Number.NaN)
      else if (node.name === 'result_count') {
        const filtered = childText(node, 'filtered')
        if (filtered !== undefined && filtered !== '') wanted = { count: Number(filtered), line: node.line }
      } else if (node.name === 'errors') yield* errorsSay(node)
      else if (node.name === 'scan_run_status' && own !== 'Done') {
        yield { is: 'trouble', kind: 'incomplete', at: `line ${node.line}`, why: `its scan is not done: ${own}` }
      } else if (['scan_end', 'creation_time'].includes(node.name)) lookedAt = timeOf(own) ?? lookedAt
    }
    if (wanted !== undefined && wanted.count !== results) {
      const why = `it counts ${wanted.count} results, and lists ${results}: ask for all of them (rows=-1)`
      yield { is: 'trouble', kind: 'contradiction', at: `line ${wanted.line}`, why }
    }
    const counted = hosts === undefined || Number.isNaN(hosts) ? seen.size : Math.max(hosts, seen.size)
    yield { is: 'head', tool: 'OpenVAS', targets: counted, ...(lookedAt !== undefined && { lookedAt }) }
  },
}

function* resultSays(node: XmlNode): Generator<Told> {
  const nvt = childOf(node, 'nvt')
  const [threat, score] = [childText(node, 'threat') ?? '', Number(childText(node, 'severity') ?? Number.NaN)]
  const id = nvt?.attributes['oid'] ?? ''
  const at = `line ${node.line}`
  if (threat === 'False Positive' || score === -1) {
    yield { is: 'suppressed', id, why: 'called a false positive', at }
    return
  }
  if (threat === 'Error' || score === -3) {
    const why = `a test could not look: ${excerptOf(childText(node, 'description'))}`
    yield { is: 'trouble', kind: 'incomplete', at, why }
    return
  }
  const host = childOf(node, 'host')
  const name = childText(host ?? node, 'hostname') ?? ''
  const [, port, protocol] = /^(?:.*\()?(\d+)\/(\w+)\)?$/.exec(childText(node, 'port') ?? '') ?? []
  const refs = childrenOf(childOf(nvt, 'refs'), 'ref').map(({ attributes }) => attributes['id'])
  const old = childrenOf(nvt, 'cve').map(({ text }) => text)
  yield {
    is: 'finding',
    id,
    title: childText(node, 'name') ?? (nvt && childText(nvt, 'name')) ?? id,
    severity: noted.has(threat) ? 'info' : byWord(threat),
    said: threat,
    ...(Number.isFinite(score) && { cvss: score }),
    cves: cvesIn(...refs, ...old),
    host: host?.text.trim() ?? '',
    ...(name !== '' && { aliases: [name] }),
    ...(port !== undefined && { port: Number(port) }),
    ...(protocol !== undefined && { protocol }),
    excerpt: excerptOf(childText(node, 'description')),
    at,
  }
}

function* errorsSay(node: XmlNode): Generator<Told> {
  for (const error of childrenOf(node, 'error')) {
    const where = childOf(error, 'host')?.text.trim() ?? ''
    const why = `the scanner told an error of ${where}: ${excerptOf(childText(error, 'description'))}`
    yield { is: 'trouble', kind: 'incomplete', at: `line ${error.line}`, why }
  }
}
