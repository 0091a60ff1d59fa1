import { throwProblems } from '../../input/index.ts'
import { UsageError } from '../../kernel/index.ts'
import { placeIn, type Inventory, type InventoryRead } from './inventory.ts'
import { readAnsibleIni } from './readers/ansible-ini.ts'
import { readAnsibleYaml } from './readers/ansible-yaml.ts'
import { readOwn } from './readers/own.ts'
import { parseYamlLines } from './yaml-lines.ts'

/**
 * An inventory as its content is written: our own shape, or Ansible's in YAML or INI.
 *
 * @param file what people call it
 * @throws UsageError, or an AggregateError of several, each with file, line, what was given and what is wanted
 */
export function readInventory(text: string, file: string): Inventory {
  const { hosts, open, problems } = readText(text.replace(/^\uFEFF/, ''))
  throwProblems(
    problems.map(({ line, path, given, wanted }) => {
      const place = placeIn(file, line)
      return new UsageError({ path: path === undefined ? place : `${place}: ${path}`, given, wanted })
    }),
    file,
  )
  if (hosts.length === 0) throw new UsageError({ path: file, given: 'no host', wanted: 'an inventory with hosts' })
  return { file, hosts, open }
}

function readText(text: string): InventoryRead {
  if (!isYaml(text)) return readAnsibleIni(text)
  const lines = parseYamlLines(text)
  if (lines.problems.length > 0) return { hosts: [], open: [], problems: lines.problems }
  return hasOwnShape(lines.value) ? readOwn(lines) : readAnsibleYaml(lines)
}

/** What the first line that says something begins with: a map, in one of the ways to write it. */
function isYaml(text: string): boolean {
  const first = text.split('\n').find((line) => !/^\s*(?:[#;].*)?$/.test(line)) ?? ''
  return /^(?:---|%YAML|\s*\{|\s*["']?[^\s[\]"':=][^\s"':=]*["']?\s*:(?:\s|$))/.test(first)
}

/** Groups of Ansible have names of their own; a group that is called hosts would have hosts, children or vars inside. */
function hasOwnShape(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('hosts' in value)) return false
  const { hosts } = value
  const keys = typeof hosts === 'object' && hosts !== null ? Object.keys(hosts) : []
  return keys.length === 0 || !keys.every((key) => ['hosts', 'children', 'vars'].includes(key))
}
