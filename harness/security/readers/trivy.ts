import { byWord, cvesIn, excerptOf } from '../report/facts.ts'
import { at, entriesAt, listAt, numberAt, textAt, timeOf } from '../report/fields.ts'
import { jsonStart, readJson } from '../report/json.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding, Told } from '../report/told.ts'

/** JSON of Trivy: schema 2, of a cluster too, and the list of results that came before it. */
export const trivy: ReportReader = {
  id: 'trivy',
  title: 'Trivy JSON',
  scanner: 'Trivy',
  home: 'https://trivy.dev/latest/docs/configuration/reporting/#json',
  takes(start) {
    const begin = jsonStart(start)
    if (begin === undefined) return false
    if (begin.is === 'list') return begin.keys.has('Target') && !begin.keys.has('template-id')
    return ['ArtifactName', 'SchemaVersion', 'ClusterName', 'Results'].some((key) => begin.keys.has(key))
  },
  async *read({ text, start }) {
    const old = jsonStart(start)?.is === 'list'
    const results = old ? ['$.*'] : ['$.Results.*', '$.Resources.*.Results.*', '$.Findings.*.Results.*']
    const heads = old ? [] : ['$.ArtifactName', '$.CreatedAt', '$.Trivy', '$.Resources.*', '$.Findings.*']
    let [targets, artifact] = [0, 'an image']
    let lookedAt: number | undefined
    let version: string | undefined
    for await (const { path, value, line } of readJson(text(), [...results, ...heads])) {
      if (path[0] === 'ArtifactName') artifact = imageOf(String(value))
      else if (path[0] === 'CreatedAt') lookedAt = timeOf(String(value))
      else if (path[0] === 'Trivy') version = textAt(value, 'Version')
      else if (path.length === 2 && !old && path[0] !== 'Results') {
        if (textAt(value, 'Error') !== undefined) {
          yield {
            is: 'trouble',
            kind: 'incomplete',
            at: `line ${line}`,
            why: `it could not scan: ${excerptOf(textAt(value, 'Error'))}`,
          }
        }
      } else {
        targets++
        yield* resultSays(value, artifact, `line ${line}`)
      }
    }
    yield {
      is: 'head',
      tool: 'Trivy',
      targets,
      ...(lookedAt !== undefined && { lookedAt }),
      ...(version !== undefined && { version }),
    }
  },
}

/** Without tag and digest: the next build is the same image. */
function imageOf(name: string): string {
  return excerptOf(name.replace(/@sha256:.*$/, '').replace(/:[^:/]*$/, ''))
}

interface Kind {
  readonly list: string
  readonly id: readonly string[]
  readonly title: readonly string[]
  readonly spot: readonly string[]
}

const kinds: readonly Kind[] = [
  { list: 'Vulnerabilities', id: ['VulnerabilityID'], title: ['Title', 'VulnerabilityID'], spot: ['PkgName'] },
  { list: 'Misconfigurations', id: ['ID', 'AVDID'], title: ['Title', 'ID'], spot: [] },
  { list: 'Secrets', id: ['RuleID'], title: ['Title', 'RuleID'], spot: [] },
  { list: 'Licenses', id: ['Name'], title: ['Name'], spot: ['PkgName', 'FilePath'] },
]

function* resultSays(result: unknown, artifact: string, place: string): Generator<Told> {
  const target = textAt(result, 'Target') ?? ''
  // The target of a system's packages is the image with its tag once more.
  const inside = textAt(result, 'Class') === 'os-pkgs' || /\(\S+ [\d.]+\)$/.test(target) ? 'system' : target
  for (const kind of kinds) {
    for (const item of listAt(result, kind.list)) {
      // Checks that passed and exceptions stand in the same list.
      if (kind.list === 'Misconfigurations' && (textAt(item, 'Status') ?? 'FAIL') !== 'FAIL') continue
      yield findingOf(item, { kind, inside, artifact, place })
    }
  }
  for (const each of listAt(result, 'ExperimentalModifiedFindings')) {
    const [id, why] = [
      textAt(each, 'Finding', 'VulnerabilityID') ?? '',
      textAt(each, 'Statement') ?? textAt(each, 'Status'),
    ]
    yield { is: 'suppressed', id, why: excerptOf(why), at: place }
  }
  const failures = numberAt(result, 'MisconfSummary', 'Failures')
  const failed = listAt(result, 'Misconfigurations').filter((each) => (textAt(each, 'Status') ?? 'FAIL') === 'FAIL')
  if (failures !== undefined && Array.isArray(at(result, 'Misconfigurations')) && failures !== failed.length) {
    const why = `${target}: its summary counts ${failures} failures, and it lists ${failed.length}`
    yield { is: 'trouble', kind: 'contradiction', at: place, why }
  }
}

function findingOf(
  item: unknown,
  { kind, inside, artifact, place }: { kind: Kind; inside: string; artifact: string; place: string },
): ScannerFinding {
  const first = (keys: readonly string[]): string | undefined =>
    keys.map((key) => textAt(item, key)).find((text) => text !== undefined)
  const said = textAt(item, 'Severity') ?? ''
  const scores = entriesAt(item, 'CVSS').flatMap(
    ([, score]) => numberAt(score, 'V3Score') ?? numberAt(score, 'V2Score') ?? [],
  )
  const line = numberAt(item, 'StartLine') ?? numberAt(item, 'CauseMetadata', 'StartLine')
  const version = textAt(item, 'InstalledVersion')
  const spot = [inside, first(kind.spot)].filter((part) => part !== undefined).join(' ')
  const text = textAt(item, 'Message') ?? textAt(item, 'Match') ?? textAt(item, 'Description')
  return {
    is: 'finding',
    id: first(kind.id) ?? '',
    title: excerptOf(first(kind.title)),
    severity: byWord(said),
    said,
    ...(scores.length > 0 && { cvss: Math.max(...scores) }),
    cves: cvesIn(first(kind.id)),
    target: artifact,
    spot: excerptOf(spot),
    ...(line !== undefined && line > 0 && { line }),
    excerpt: excerptOf(version === undefined ? text : `${version}: ${text ?? ''}`),
    at: place,
  }
}
