import { addressOf, cvesIn, excerptOf } from '../report/facts.ts'
import { entriesAt, listAt, numberAt, textAt, timeOf } from '../report/fields.ts'
import { jsonStart, readJson } from '../report/json.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding, Severity } from '../report/told.ts'

const levels: Readonly<Record<string, Severity>> = { 0: 'info', 1: 'low', 2: 'medium', 3: 'high', 4: 'critical' }

/** JSON of wapiti. Where it looked stands at the end, so the file is read twice. */
export const wapiti: ReportReader = {
  id: 'wapiti',
  title: 'wapiti JSON',
  scanner: 'wapiti',
  home: 'https://wapiti-scanner.github.io/',
  takes(start) {
    const begin = jsonStart(start)
    if (begin?.is !== 'object' || begin.keys.has('auditReportVersion')) return false
    return begin.keys.has('classifications') || (begin.keys.has('vulnerabilities') && begin.keys.has('anomalies'))
  },
  async *read({ text }) {
    const paths = ['vulnerabilities', 'anomalies', 'additionals', 'classifications'].map((key) => `$.${key}.*`)
    const all = [...paths, '$.infos', '$.suppressed_findings']
    let infos: unknown
    for await (const { path, value } of readJson(text(), all)) if (path[0] === 'infos') infos = value
    const target = textAt(infos, 'target')
    const lookedAt = timeOf(textAt(infos, 'date'))
    const version = textAt(infos, 'version')
    for await (const { path, value, line } of readJson(text(), all)) {
      const at = `line ${line}`
      if (path[0] === 'suppressed_findings') {
        const hidden = Array.isArray(value) ? listAt(value) : entriesAt(value).flatMap(([, each]) => listAt(each))
        for (const each of hidden)
          yield { is: 'suppressed', id: textAt(each, 'module') ?? '', why: excerptOf(textAt(each, 'info')), at }
      } else if (path.length === 2 && path[0] !== 'classifications') {
        for (const each of listAt(value)) yield findingOf(each, { category: String(path[1]), target, at })
      }
    }
    const pages = numberAt(infos, 'crawled_pages_nbr')
    yield {
      is: 'head',
      tool: 'wapiti',
      ...(version !== undefined && { version: version.replace(/^Wapiti /i, '') }),
      ...(lookedAt !== undefined && { lookedAt }),
      // Without any page it has attacked nothing.
      targets: target === undefined || pages === 0 ? 0 : 1,
    }
  },
}

function findingOf(
  value: unknown,
  { category, target, at }: { readonly category: string; readonly target: string | undefined; readonly at: string },
): ScannerFinding {
  const { host, port } = addressOf(target)
  const said = textAt(value, 'level') ?? ''
  const spot = [textAt(value, 'method'), textAt(value, 'path'), textAt(value, 'parameter')].filter(
    (part) => part !== undefined,
  )
  return {
    is: 'finding',
    id: category,
    title: category,
    severity: levels[said],
    said,
    cves: cvesIn(textAt(value, 'info')),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    protocol: 'tcp',
    spot: excerptOf(spot.join(' ')),
    excerpt: excerptOf(textAt(value, 'info')),
    at,
  }
}
