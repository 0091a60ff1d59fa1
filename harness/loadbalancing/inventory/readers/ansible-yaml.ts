import type { InventoryProblem, InventoryRead } from '../inventory.ts'
import type { YamlLines } from '../yaml-lines.ts'
import { groupOf, hostsOf, type Groups, type Variables } from './groups.ts'
import { expandRange } from './ranges.ts'

type Path = readonly PropertyKey[]

/** An inventory of Ansible as YAML: groups with `hosts`, `children` and `vars`, inside each other. */
export function readAnsibleYaml({ value, lineAt }: YamlLines): InventoryRead {
  const all: Groups = { groups: new Map(), hosts: new Map() }
  const problems: InventoryProblem[] = []
  const wrong = (path: Path, given: unknown, wanted: string): void => {
    const shown = (JSON.stringify(given) ?? 'nothing').slice(0, 80)
    problems.push({ line: lineAt(path), path: path.map(String).join('.'), given: shown, wanted })
  }
  /** A map, which may be left empty; anything else is told. */
  const entries = (given: unknown, path: Path, wanted: string): readonly (readonly [string, unknown])[] => {
    if (given === null || given === undefined) return []
    if (isMap(given)) return Object.entries(given)
    wrong(path, given, wanted)
    return []
  }
  const variablesOf = (given: unknown, path: Path): Variables =>
    new Map(
      entries(given, path, 'variables, each with its value').map(([key, each]) => [
        key,
        { value: each, line: lineAt([...path, key]) },
      ]),
    )

  const takeGroup = (name: string, given: unknown, path: Path): void => {
    const group = groupOf(all, name)
    for (const [key, inside] of entries(given, path, 'hosts, children or vars')) {
      const here = [...path, key]
      if (key === 'vars') for (const [each, told] of variablesOf(inside, here)) group.variables.set(each, told)
      else if (key === 'children') {
        for (const [child, its] of entries(inside, here, 'groups, each with a colon behind it')) {
          group.children.set(child, lineAt([...here, child]))
          takeGroup(child, its, [...here, child])
        }
      } else if (key === 'hosts') {
        for (const [pattern, its] of entries(inside, here, 'hosts, each with a colon behind it'))
          takeHosts(name, pattern, its, [...here, pattern])
      } else wrong(here, key, 'hosts, children or vars')
    }
  }

  const takeHosts = (group: string, pattern: string, given: unknown, path: Path): void => {
    const names = expandRange(pattern)
    if ('wanted' in names) return wrong(path, pattern, names.wanted)
    const variables = variablesOf(given, path)
    for (const name of names) {
      groupOf(all, group).hosts.set(name, lineAt(path))
      all.hosts.set(name, new Map([...(all.hosts.get(name) ?? []), ...variables]))
    }
  }

  for (const [name, given] of entries(value, [], 'groups')) takeGroup(name, given, [name])
  const read = hostsOf(all)
  return { ...read, problems: [...problems, ...read.problems] }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
