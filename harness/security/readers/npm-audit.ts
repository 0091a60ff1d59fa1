import { byWord, cvesIn, excerptOf } from '../report/facts.ts'
import { entriesAt, listAt, numberAt, textAt } from '../report/fields.ts'
import { jsonStart, readJson } from '../report/json.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding } from '../report/told.ts'

/** `npm audit --json`: a finding for each vulnerable package (npm 7 and later), or for each advisory (npm 6, pnpm). */
export const npmAudit: ReportReader = {
  id: 'npm-audit',
  title: 'npm audit JSON',
  scanner: 'npm audit',
  home: 'https://docs.npmjs.com/cli/commands/npm-audit',
  takes(start) {
    const begin = jsonStart(start)
    if (begin?.is !== 'object') return false
    if (begin.keys.has('auditReportVersion') || begin.keys.has('advisories')) return true
    return /^\uFEFF?\s*\{\s*"(?:message|error)"\s*:/.test(start) && /"(?:code|summary)"\s*:/.test(start)
  },
  async *read({ text }) {
    let [listed, counted, audited]: (number | undefined)[] = [0]
    let seen = 0
    for await (const { path, value, line } of readJson(text(), [
      '$.vulnerabilities.*',
      '$.advisories.*',
      '$.actions.*',
      '$.metadata',
      '$.error',
    ])) {
      const at = `line ${line}`
      if (path[0] === 'error') {
        const why = `npm could not look: ${textAt(value, 'summary') ?? textAt(value, 'code') ?? ''}`
        yield { is: 'trouble', kind: 'incomplete', at, why }
      } else if (path[0] === 'metadata') {
        counted = entriesAt(value, 'vulnerabilities').reduce(
          (sum, [key, many]) => (key === 'total' ? sum : sum + Number(many)),
          0,
        )
        audited =
          numberAt(value, 'dependencies', 'total') ??
          numberAt(value, 'totalDependencies') ??
          numberAt(value, 'dependencies')
      } else if (path[0] === 'vulnerabilities') {
        listed = (listed ?? 0) + 1
        yield packageOf(value, at)
      } else if (path[0] === 'advisories') {
        seen++
        yield advisoryOf(value, at)
      }
    }
    // Advisories are counted once for each way that leads to them: only none against some contradicts.
    const differs = seen === 0 ? counted !== listed : counted === 0
    if (counted !== undefined && differs) {
      const why = `its summary counts ${counted}, and it lists ${seen === 0 ? listed : seen}`
      yield { is: 'trouble', kind: 'contradiction', why }
    }
    const found = (listed ?? 0) + seen
    yield { is: 'head', tool: 'npm audit', targets: audited ?? (counted === undefined ? found : 1) }
  },
}

function packageOf(value: unknown, at: string): ScannerFinding {
  const [name, said] = [textAt(value, 'name') ?? '', textAt(value, 'severity') ?? '']
  const advisories = listAt(value, 'via').filter((via) => typeof via === 'object')
  const titles = advisories.map((via) => `${textAt(via, 'title') ?? ''} ${textAt(via, 'url') ?? ''}`)
  const through = listAt(value, 'via').filter((via) => typeof via === 'string')
  return {
    is: 'finding',
    id: name,
    title: excerptOf(textAt(advisories[0], 'title') ?? `${name} depends on ${through.join(', ')}`),
    severity: byWord(said),
    said,
    cves: cvesIn(...titles),
    target: 'dependencies',
    spot: name,
    excerpt: excerptOf(`${name} ${textAt(value, 'range') ?? ''}: ${titles.join('; ')}`),
    at,
  }
}

function advisoryOf(value: unknown, at: string): ScannerFinding {
  const said = textAt(value, 'severity') ?? ''
  const id = textAt(value, 'github_advisory_id') ?? textAt(value, 'id') ?? ''
  return {
    is: 'finding',
    id,
    title: excerptOf(textAt(value, 'title')),
    severity: byWord(said),
    said,
    cves: cvesIn(...listAt(value, 'cves').map(String)),
    target: 'dependencies',
    spot: textAt(value, 'module_name') ?? '',
    excerpt: excerptOf(textAt(value, 'overview')),
    at,
  }
}
