import { byScore, cvesIn, excerptOf } from '../report/facts.ts'
import { at, listAt, numberAt, textAt, timeOf } from '../report/fields.ts'
import { jsonStart, readJson } from '../report/json.ts'
import type { ReportReader } from '../report/reader.ts'
import type { ScannerFinding, Severity, Told } from '../report/told.ts'

const levels: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', note: 'low', none: 'info' }

/** The rules of each run, kept small: they may stand behind the results that name them. */
interface Tool {
  readonly name: string
  readonly version?: string
  /** By component (-1 is the driver) and index. */
  readonly rules: ReadonlyMap<string, Rule>
  readonly byId: ReadonlyMap<string, Rule>
}

interface Rule {
  readonly id: string
  readonly title: string
  readonly level?: string
  readonly score?: number
}

/** SARIF 2.1.0 (OASIS). */
export const sarif: ReportReader = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  scanner: 'a tool that writes SARIF',
  home: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html',
  takes(start) {
    const begin = jsonStart(start)
    if (begin?.is !== 'object') return false
    return begin.keys.has('runs') || (begin.keys.has('$schema') && /"\$schema"\s*:\s*"[^"]*sarif/i.test(start))
  },
  async *read({ text }) {
    const paths = ['$.runs.*.results.*', '$.runs.*.tool', '$.runs.*.invocations.*', '$.runs.*', '$.version']
    const tools = new Map<number, Tool>()
    for await (const { path, value } of readJson(text(), paths)) {
      if (path.length === 3 && path[2] === 'tool') tools.set(Number(path[1]), toolOf(value))
    }
    let runs = 0
    let lookedAt: number | undefined
    for await (const { path, value, line } of readJson(text(), paths)) {
      const place = `line ${line}`
      const tool = tools.get(Number(path[1]))
      if (path[2] === 'results') yield* resultSays(value, tool, place)
      else if (path[2] === 'invocations') {
        lookedAt ??= timeOf(textAt(value, 'endTimeUtc') ?? textAt(value, 'startTimeUtc'))
        yield* invocationSays(value, place)
      } else if (path[0] === 'version' && value !== '2.1.0') {
        const why = `it is SARIF ${JSON.stringify(value)}, and only 2.1.0 is read`
        yield { is: 'trouble', kind: 'unknown-format', at: place, why }
      } else if (path.length === 2) {
        runs++
        if (!Array.isArray(at(value, 'results'))) {
          yield { is: 'trouble', kind: 'incomplete', at: place, why: 'a run has no results: its tool did not look' }
        }
      }
    }
    const [first] = tools.values()
    yield {
      is: 'head',
      tool: [...new Set([...tools.values()].map(({ name }) => name))].join(', ') || 'SARIF',
      ...(first?.version !== undefined && { version: first.version }),
      ...(lookedAt !== undefined && { lookedAt }),
      targets: runs,
    }
  },
}

function toolOf(value: unknown): Tool {
  const rules = new Map<string, Rule>()
  const byId = new Map<string, Rule>()
  const components = [at(value, 'driver'), ...listAt(value, 'extensions')]
  for (const [place, component] of components.entries()) {
    for (const [index, each] of listAt(component, 'rules').entries()) {
      const [id, level, score] = [
        textAt(each, 'id') ?? '',
        textAt(each, 'defaultConfiguration', 'level'),
        scoreOf(each),
      ]
      const title = textAt(each, 'shortDescription', 'text') ?? textAt(each, 'name') ?? id
      const rule: Rule = {
        id,
        title: excerptOf(title),
        ...(level !== undefined && { level }),
        ...(score !== undefined && { score }),
      }
      rules.set(`${place - 1} ${index}`, rule)
      if (!byId.has(id)) byId.set(id, rule)
    }
  }
  const version = textAt(value, 'driver', 'semanticVersion') ?? textAt(value, 'driver', 'version')
  return { name: textAt(value, 'driver', 'name') ?? 'SARIF', ...(version !== undefined && { version }), rules, byId }
}

/** Code scanning's score of a rule, as a text or a number. */
function scoreOf(value: unknown): number | undefined {
  return numberAt(value, 'properties', 'security-severity')
}

function* resultSays(value: unknown, tool: Tool | undefined, place: string): Generator<Told> {
  const rule = ruleOf(value, tool)
  const id = textAt(value, 'ruleId') ?? textAt(value, 'rule', 'id') ?? rule?.id ?? ''
  const hidden = listAt(value, 'suppressions').filter((each) =>
    ['accepted', undefined].includes(textAt(each, 'status')),
  )
  if (hidden.length > 0) {
    const why = textAt(hidden[0], 'justification') ?? `suppressed (${textAt(hidden[0], 'kind') ?? 'no reason given'})`
    yield { is: 'suppressed', id, why: excerptOf(why), at: place }
    return
  }
  // "kind" says whether it is a problem at all (section 3.27.9), "absent" that it was one (3.27.24).
  if (!['fail', undefined].includes(textAt(value, 'kind')) || textAt(value, 'baselineState') === 'absent') return
  // Warning is what section 3.27.10 has for a result of which neither it nor its rule tells a level.
  const level = textAt(value, 'level') ?? rule?.level ?? 'warning'
  const score = scoreOf(value) ?? rule?.score
  const location = at(value, 'locations', 0, 'physicalLocation')
  const line = numberAt(location, 'region', 'startLine')
  const spot = textAt(location, 'artifactLocation', 'uri')
  const message = textAt(value, 'message', 'text') ?? textAt(value, 'message', 'markdown') ?? rule?.title ?? ''
  const finding: ScannerFinding = {
    is: 'finding',
    id: `${tool?.name ?? 'sarif'}/${id}`,
    title: excerptOf(rule === undefined || rule.title === id ? message : rule.title),
    severity: byScore(score) ?? levels[level],
    said: score === undefined ? level : String(score),
    ...(score !== undefined && { cvss: score }),
    cves: cvesIn(id),
    target: 'the code',
    ...(spot !== undefined && { spot: excerptOf(spot) }),
    ...(line !== undefined && { line }),
    excerpt: excerptOf(message),
    at: place,
  }
  yield finding
}

/** By index in the component that it names, or by its id; `CA1000/1` is a part of CA1000 (section 3.52.4). */
function ruleOf(value: unknown, tool: Tool | undefined): Rule | undefined {
  const index = numberAt(value, 'ruleIndex') ?? numberAt(value, 'rule', 'index')
  const component = numberAt(value, 'rule', 'toolComponent', 'index') ?? -1
  const id = textAt(value, 'ruleId') ?? textAt(value, 'rule', 'id')
  const byIndex = index === undefined ? undefined : tool?.rules.get(`${component} ${index}`)
  if (byIndex !== undefined || id === undefined) return byIndex
  return tool?.byId.get(id) ?? tool?.byId.get(id.replace(/\/[^/]*$/, ''))
}

function* invocationSays(value: unknown, place: string): Generator<Told> {
  const incomplete = (why: string): Told => ({ is: 'trouble', kind: 'incomplete', at: place, why })
  if (at(value, 'executionSuccessful') === false) yield incomplete('its tool says that it did not succeed')
  for (const each of listAt(value, 'toolExecutionNotifications')) {
    if (textAt(each, 'level') === 'error')
      yield incomplete(`its tool told an error: ${excerptOf(textAt(each, 'message', 'text'))}`)
  }
}
