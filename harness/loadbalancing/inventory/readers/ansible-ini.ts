import type { InventoryProblem, InventoryRead } from '../inventory.ts'
import { groupOf, hostsOf, type Groups, type Variables } from './groups.ts'
import { expandRange } from './ranges.ts'

/** An inventory of Ansible as INI: groups of host lines, `[group:vars]` and `[group:children]`. */
export function readAnsibleIni(text: string): InventoryRead {
  const all: Groups = { groups: new Map(), hosts: new Map() }
  const problems: InventoryProblem[] = []
  let section = { group: 'ungrouped', kind: 'hosts' }
  for (const [at, whole] of text.split(/\r?\n/).entries()) {
    const line = at + 1
    const said = whole.trim()
    if (said === '' || /^[#;]/.test(said)) continue
    const wrong = (wanted: string, given = said): void => {
      problems.push({ line, given: JSON.stringify(given.slice(0, 80)), wanted })
    }
    const [, group, kind = 'hosts'] = /^\[([^:\]\s]+)(?::(vars|children|hosts))?\]\s*(?:#.*)?$/.exec(said) ?? []
    if (group !== undefined) {
      section = { group, kind }
      groupOf(all, group)
    } else if (/^\[[^\]]*(?:\]\s*(?:#.*)?)?$/.test(said) && !/^\[[\da-f]*:/i.test(said)) {
      wrong('[group], [group:vars] or [group:children]')
    } else if (section.kind === 'vars') {
      const [, key, value = ''] = /^([^\s=]+)\s*=\s*(.*)$/.exec(said) ?? []
      if (key === undefined) wrong('name=value')
      else groupOf(all, section.group).variables.set(key, { value: unquoted(value), line })
    } else if (section.kind === 'children') {
      const child = said.replace(/\s+#.*$/, '')
      if (/\s/.test(child)) wrong('the name of one group')
      else groupOf(all, section.group).children.set(child, line)
    } else takeHosts(all, section.group, said, line, wrong)
  }
  for (const [name, { children }] of all.groups) {
    for (const [child, line] of children) {
      if (!all.groups.has(child))
        problems.push({ line, path: name, given: JSON.stringify(child), wanted: 'a group of this inventory' })
    }
  }
  const read = hostsOf(all)
  return { ...read, problems: [...problems, ...read.problems] }
}

function takeHosts(
  all: Groups,
  group: string,
  said: string,
  line: number,
  wrong: (wanted: string, given?: string) => void,
): void {
  const words = wordsOf(said)
  if (words === undefined) return wrong('a quote that is closed')
  const [pattern = '', ...settings] = words
  const names = expandRange(pattern)
  if ('wanted' in names) return wrong(names.wanted, pattern)
  const variables: Variables = new Map()
  for (const setting of settings) {
    const equals = setting.indexOf('=')
    if (equals < 1) wrong('name=value behind the host', setting)
    else variables.set(setting.slice(0, equals), { value: setting.slice(equals + 1), line })
  }
  for (const name of names) {
    const { hosts } = groupOf(all, group)
    if (!hosts.has(name)) hosts.set(name, line)
    const known: Variables = all.hosts.get(name) ?? new Map()
    for (const [key, told] of variables) known.set(key, told)
    all.hosts.set(name, known)
  }
}

/** The words of a host line as a shell parts them; what stands behind a `#` that begins a word is a comment. */
function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (quote !== '') {
      if (sign === quote) quote = ''
      else if (sign === '\\' && quote === '"' && '"\\'.includes(text.charAt(at + 1)))
        word = (word ?? '') + text.charAt(++at)
      else word = (word ?? '') + sign
    } else if (sign === '"' || sign === "'") {
      quote = sign
      word ??= ''
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (sign === '#' && word === undefined) break
    else if (sign === '\\' && at + 1 < text.length) word = (word ?? '') + text.charAt(++at)
    else word = (word ?? '') + sign
  }
  if (quote !== '') return undefined
  return word === undefined ? words : [...words, word]
}

function unquoted(text: string): string {
  const [, , inside] = /^(["'])(.*)\1$/s.exec(text) ?? []
  return inside ?? text.replace(/\s+#.*$/, '')
}
