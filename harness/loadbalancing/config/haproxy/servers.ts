import { shown, untold, type Tell } from '../problem.ts'
import type { Word } from '../source.ts'
import { readAddress, type Address } from './address.ts'
import { durationOf } from './duration.ts'
import { parametersOf, type Parameter } from './keywords.ts'
import type { HaproxyDirective, HaproxySection } from './parse.ts'

/** A line `server` or `server-template`. */
export interface Server {
  readonly directive: HaproxyDirective
  /** Of a template its prefix. */
  readonly name: Word
  readonly address: Address
  /** The word of the address, which is what an edit replaces. */
  readonly at: Word
  readonly parameters: readonly Parameter[]
  /** Of a template: the numbers behind the prefix. */
  readonly numbers?: { readonly first: number; readonly last: number }
}

/** The servers of a section: configuration manual, section 4.2 and 5.2. A line without name or address gives none. */
export function servers(section: HaproxySection): readonly Server[] {
  return readServers(section, untold)
}

/** @internal Notes what is wrong with the lines. */
export function readServers({ directives }: HaproxySection, tell: Tell): readonly Server[] {
  const found: Server[] = []
  for (const directive of directives) {
    const server = readServer(directive, tell)
    if (server !== undefined) found.push(server)
  }
  return found
}

function readServer(directive: HaproxyDirective, tell: Tell): Server | undefined {
  const { name: keyword, args } = directive
  const template = keyword.text === 'server-template'
  if (keyword.text !== 'server' && !template) return undefined
  const [name, ...others] = args
  const count = template ? others[0] : undefined
  const [at, ...rest] = template ? others.slice(1) : others
  if (name === undefined || at === undefined) {
    const wanted = template ? 'server-template, a prefix, a number and an address' : 'server, a name and an address'
    tell(keyword, `a line ${keyword.text} of ${args.length + 1} words`, wanted)
    return undefined
  }
  const numbers = count === undefined ? undefined : numbersOf(count)
  if (count !== undefined && numbers === undefined) tell(count, shown(count.text), 'how many servers, as 3 or 1-3')
  const address = readAddress(at.text, 'offset')
  if ('wanted' in address) {
    tell(at, shown(at.text), address.wanted)
    return undefined
  }
  const parameters = parametersOf(rest, 'server')
  tellParameters(parameters, tell)
  return { directive, name, address, at, parameters, ...(numbers !== undefined && { numbers }) }
}

function numbersOf({ text }: Word): Server['numbers'] {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (first === undefined) return undefined
  return last === undefined ? { first: 1, last: Number(first) } : { first: Number(first), last: Number(last) }
}

const times: readonly string[] = ['inter', 'fastinter', 'downinter', 'agent-inter', 'slowstart', 'pool-purge-delay']
const counts: readonly string[] = [
  'weight',
  'maxconn',
  'minconn',
  'maxqueue',
  'rise',
  'fall',
  'id',
  'port',
  'error-limit',
]

function tellParameters(parameters: readonly Parameter[], tell: Tell): void {
  for (const { name, values, known } of parameters) {
    const [value] = values
    const time = times.includes(name.text)
    const count = counts.includes(name.text)
    if (!known) tell(name, shown(name.text), 'a keyword of a server that is known here', 'doubtful')
    else if ((time || count) && value === undefined)
      tell(name, `${name.text} at the end of the line`, `a value behind ${name.text}`)
    else if (value === undefined || value.expands === true) continue
    else if (time && durationOf(value.text) === undefined) tell(value, shown(value.text), wantedTime)
    else if (count && !/^\d/.test(value.text)) tell(value, shown(value.text), 'a whole number')
  }
}

const wantedTime = 'a time below 24.8 days, as 500ms, 5s or 1m'
