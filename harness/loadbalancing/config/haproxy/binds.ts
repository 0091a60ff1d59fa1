import { shown, untold, type Tell } from '../problem.ts'
import type { Word } from '../source.ts'
import { readAddress, splitAddresses, type Address } from './address.ts'
import { parametersOf, type Parameter } from './keywords.ts'
import type { HaproxyDirective, HaproxySection } from './parse.ts'

/** A line `bind`. */
export interface Bind {
  readonly directive: HaproxyDirective
  /** One for each part between commas. */
  readonly addresses: readonly Address[]
  /** The word of the addresses, which is what an edit replaces. */
  readonly at: Word
  readonly parameters: readonly Parameter[]
}

/** The listeners of a section: configuration manual, sections 4.2 and 5.1. A line without an address gives none. */
export function binds(section: HaproxySection): readonly Bind[] {
  return readBinds(section, untold)
}

/** @internal Notes what is wrong with the lines. */
export function readBinds({ directives }: HaproxySection, tell: Tell): readonly Bind[] {
  const found: Bind[] = []
  for (const directive of directives) {
    if (directive.name.text !== 'bind') continue
    const [at, ...rest] = directive.args
    if (at === undefined) tell(directive.name, 'bind without an address', 'an address and a port, as :80')
    else {
      const parameters = parametersOf(rest, 'bind')
      for (const { name, known } of parameters) {
        if (!known) tell(name, shown(name.text), 'a keyword of a bind line that is known here', 'doubtful')
      }
      found.push({ directive, addresses: readAddresses(at, tell), at, parameters })
    }
  }
  return found
}

function readAddresses(at: Word, tell: Tell): readonly Address[] {
  const addresses: Address[] = []
  for (const text of splitAddresses(at.text)) {
    const address = readAddress(text, 'range')
    if ('wanted' in address) tell(at, shown(text), address.wanted)
    else {
      if (lacksPort(address)) tell(at, shown(text), 'a port behind the address, as :80')
      addresses.push(address)
    }
  }
  return addresses
}

/** A variable may bring its port with it. */
function lacksPort({ family, port, portText = '', text }: Address): boolean {
  if (family === 'unix' || family === 'abstract' || family === 'descriptor' || family === 'other') return false
  return port === undefined && portText === '' && !text.includes('$')
}
