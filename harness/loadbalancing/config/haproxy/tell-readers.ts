import { shown, type Tell } from '../problem.ts'
import { readBinds } from './binds.ts'
import { durationOf } from './duration.ts'
import type { HaproxyConfig, HaproxyDirective, HaproxySection } from './parse.ts'
import { readServers } from './servers.ts'

/** What the readers of single lines find wrong, noted once, when the file is parsed. */
export function tellReaders({ sections }: HaproxyConfig, tell: Tell): void {
  const defaults = new Map<string, number>()
  for (const section of sections) {
    tellFrom(section, defaults, tell)
    if (section.kind === 'defaults' && section.name !== undefined) {
      defaults.set(section.name.text, (defaults.get(section.name.text) ?? 0) + 1)
    }
    readBinds(section, tell)
    // The servers of a resolvers section are name servers, and those of peers and rings have other words.
    if (section.kind === 'backend' || section.kind === 'listen') readServers(section, tell)
    for (const directive of section.directives) tellTimeout(directive, tell)
  }
}

function tellFrom({ from }: HaproxySection, defaults: ReadonlyMap<string, number>, tell: Tell): void {
  if (from === undefined) return
  const known = defaults.get(from.text) ?? 0
  if (known === 0) tell(from, shown(from.text), 'the name of a defaults section above')
  if (known > 1) tell(from, `${shown(from.text)}, the name of ${known} defaults sections`, 'a name that only one has')
}

function tellTimeout({ name, args, modifier }: HaproxyDirective, tell: Tell): void {
  if (name.text !== 'timeout' || modifier !== undefined) return
  const [what, value] = args
  if (what === undefined) tell(name, 'timeout alone', 'which timeout, and a time')
  else if (value === undefined) tell(what, `timeout ${shown(what.text)} without a time`, 'a time, as 500ms, 5s or 1m')
  else if (value.expands !== true && durationOf(value.text) === undefined) {
    tell(value, shown(value.text), 'a time below 24.8 days, as 500ms, 5s or 1m')
  }
}
