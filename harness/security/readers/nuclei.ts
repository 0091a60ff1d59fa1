import { addressOf, byWord, cvesIn, excerptOf } from '../report/facts.ts'
import { at, listAt, numberAt, textAt, timeOf } from '../report/fields.ts'
import { jsonStart, readJson } from '../report/json.ts'
import { readJsonLines } from '../report/json-lines.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding } from '../report/told.ts'

/** JSON of nuclei: a line for each match (`-jsonl`), or one list (`-json-export`). */
export const nuclei: ReportReader = {
  id: 'nuclei',
  title: 'nuclei JSON lines',
  scanner: 'nuclei',
  home: 'https://docs.projectdiscovery.io/opensource/nuclei/running',
  takes(start) {
    const keys = jsonStart(start)?.keys
    return (
      keys !== undefined && ['template-id', 'templateID', 'template'].some((key) => keys.has(key)) && keys.has('info')
    )
  },
  async *read({ text, start }) {
    const parts = jsonStart(start)?.is === 'list' ? readJson(text(), ['$.*']) : readJsonLines(text())
    const hosts = new Set<string>()
    let lookedAt: number | undefined
    for await (const { value, line } of parts) {
      const finding = findingOf(value, `line ${line}`)
      lookedAt = Math.max(lookedAt ?? 0, timeOf(textAt(value, 'timestamp')) ?? 0)
      hosts.add(finding.host ?? '')
      // Matchers that did not match are told too, when that is asked for.
      if (at(value, 'matcher-status') !== false) yield finding
    }
    const when = lookedAt === undefined || lookedAt === 0 ? {} : { lookedAt }
    yield { is: 'head', tool: 'nuclei', targets: hosts.size, ...when }
  },
}

function findingOf(value: unknown, place: string): ScannerFinding {
  const info = at(value, 'info')
  const template = textAt(value, 'template-id') ?? textAt(value, 'templateID') ?? textAt(value, 'template') ?? ''
  const matcher = textAt(value, 'matcher-name') ?? textAt(value, 'matcher_name') ?? textAt(value, 'extractor-name')
  const said = textAt(info, 'severity') ?? ''
  const { host, port, spot, protocol } = addressOf(
    textAt(value, 'matched-at') ?? textAt(value, 'matched') ?? textAt(value, 'url') ?? textAt(value, 'host'),
  )
  const ip = textAt(value, 'ip')
  const cvss = numberAt(info, 'classification', 'cvss-score')
  const cveIds = [textAt(info, 'classification', 'cve-id'), ...listAt(info, 'classification', 'cve-id').map(String)]
  const results = listAt(value, 'extracted-results').concat(listAt(value, 'extracted_results'))
  return {
    is: 'finding',
    id: matcher === undefined ? template : `${template}:${matcher}`,
    title: textAt(info, 'name') ?? template,
    severity: byWord(said),
    said,
    ...(cvss !== undefined && { cvss }),
    cves: cvesIn(template, ...cveIds),
    ...(host !== undefined && { host }),
    ...(ip !== undefined && { aliases: [ip] }),
    ...(port !== undefined && { port }),
    protocol: protocol ?? textAt(value, 'type') ?? 'tcp',
    ...(spot !== undefined && { spot }),
    excerpt: excerptOf(results.map(String).join(', ')),
    at: place,
  }
}
