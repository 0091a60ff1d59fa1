import { BrokenReport } from '../report/broken.ts'
import { cvesIn, excerptOf } from '../report/facts.ts'
import { timeOf } from '../report/fields.ts'
import { readLines } from '../report/json-lines.ts'
import type { ReportReader } from '../report/reader.ts'
import type { Severity } from '../report/told.ts'

/** lynis knows two degrees, and packages with known vulnerabilities, which it warns of too. */
const kinds: Readonly<Record<string, Severity>> = {
  'warning[]': 'medium',
  'suggestion[]': 'low',
  'vulnerable_package[]': 'high',
}

/** The report of lynis, `report.dat`: a key and a value a line. */
export const lynis: ReportReader = {
  id: 'lynis',
  title: 'lynis report.dat',
  scanner: 'lynis',
  home: 'https://cisofy.com/documentation/lynis/',
  takes: (start) =>
    /^\uFEFF?# Lynis Report/i.test(start) || /^(?:report_version_major|lynis_version)=/m.test(start.slice(0, 2_000)),
  async *read({ text }) {
    const facts = new Map<string, string>()
    for await (const { line, text: whole } of readLines(text())) {
      const entry = whole.replace(/^\uFEFF/, '')
      if (entry.trim() === '' || entry.startsWith('#')) continue
      const [, key, value = ''] = /^([\w.-]+(?:\[\])?)=(.*)$/.exec(entry) ?? []
      if (key === undefined) throw new BrokenReport('broken', 'the line is no key and value', line)
      if (/[\u0000-\u0008]/.test(value)) throw new BrokenReport('broken', 'there are bytes that no text has', line)
      if (key === 'report_datetime_start' && facts.has(key)) {
        throw new BrokenReport('broken', 'another report begins in the same file', line)
      }
      const severity = kinds[key]
      if (severity === undefined) {
        facts.set(key, value)
        continue
      }
      const [id = '', title = '', details = ''] = value.split('|')
      const host = facts.get('hostname')
      yield {
        is: 'finding',
        id: title === '' ? key.slice(0, -2) : id,
        title: excerptOf(title || id),
        severity,
        said: key.slice(0, -2),
        cves: cvesIn(value),
        target: host ?? 'this host',
        ...(title === '' ? { spot: id } : details !== '' && details !== '-' && { spot: excerptOf(details) }),
        excerpt: excerptOf(value),
        at: `line ${line}`,
      }
    }
    if (facts.get('finish') !== 'true') {
      yield { is: 'trouble', kind: 'incomplete', why: 'it has no finish=true: lynis did not finish' }
    }
    const version = facts.get('lynis_version')
    const lookedAt = timeOf(facts.get('report_datetime_end')?.replace(' ', 'T').concat('Z'))
    yield {
      is: 'head',
      tool: 'lynis',
      targets: facts.has('lynis_tests_done') || facts.has('hostname') ? 1 : 0,
      ...(version !== undefined && { version }),
      ...(lookedAt !== undefined && { lookedAt }),
    }
  },
}
