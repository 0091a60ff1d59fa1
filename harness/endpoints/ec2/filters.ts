import { ec2Error } from './errors.ts'
import { list, required, structure, text } from './parameters.ts'
import type { Resource } from './resource.ts'
import type { Region } from './store.ts'

/** What a filter compares: one value, several of which one must fit, or none at all. */
export type FilterValue = string | number | boolean | undefined | readonly (string | number | boolean | undefined)[]

/** Filters of a resource kind by their names on the wire. Tags have filters of their own, which all kinds share. */
export type Filters<T> = Readonly<Record<string, (item: T, region: Region) => FilterValue>>

export const filterParameter = list(structure({ Name: required(text()), Value: list(text()) }))
type FilterList = readonly { readonly Name: string; readonly Value: readonly string[] }[]

/**
 * The items that every filter lets through. Values of one filter are alternatives; `*` stands for any text, `?` for one
 * character, a backslash takes the meaning from the next (EC2 User Guide, "List and filter using the CLI and API").
 *
 * @throws Ec2Error InvalidParameterValue for a filter that the kind does not have
 */
export function applyFilters<T extends Resource>(
  items: readonly T[],
  given: FilterList,
  known: Filters<T>,
  region: Region,
): T[] {
  if (given.length === 0) return [...items]
  if (given.reduce((sum, { Value }) => sum + Value.length, 0) > 200) throw ec2Error('FilterLimitExceeded')
  const tests = given.map(({ Name, Value }) => {
    const read = reader(Name, known)
    const patterns = Value.map(patternOf)
    return (item: T): boolean => {
      const found = read(item, region)
      const values = Array.isArray(found) ? found : [found]
      return values.some((value) => value !== undefined && patterns.some((fits) => fits(String(value))))
    }
  })
  return items.filter((item) => tests.every((fits) => fits(item)))
}

function reader<T extends Resource>(name: string, known: Filters<T>): (item: T, region: Region) => FilterValue {
  const own = Object.hasOwn(known, name) ? known[name] : undefined
  if (own !== undefined) return own
  if (name.startsWith('tag:')) return ({ id }, { tags }) => tags.of(id).get(name.slice('tag:'.length))
  if (name === 'tag-key') return ({ id }, { tags }) => [...tags.of(id).keys()]
  if (name === 'tag-value') return ({ id }, { tags }) => [...tags.of(id).values()]
  throw ec2Error('InvalidParameterValue', `The filter '${name}' is invalid`)
}

function patternOf(pattern: string): (value: string) => boolean {
  if (!/[*?\\]/.test(pattern)) return (value) => value === pattern
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const each = pattern.charAt(at)
    if (each === '*') source += '.*'
    else if (each === '?') source += '.'
    else source += literal(each === '\\' && at + 1 < pattern.length ? pattern.charAt(++at) : each)
  }
  const form = new RegExp(`^${source}$`, 'su')
  return (value) => form.test(value)
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}
