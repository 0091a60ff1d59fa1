import type { Fields } from '../../wire/index.ts'

/**
 * What `read` makes of a section, made once: several checks ask for the same reading, one after
 * the other. Only the last two sections are remembered, a request's and a response's: a weak map
 * would remember all of them and cost more than it saves.
 */
export function oncePerSection<T>(read: (fields: Fields) => T): (fields: Fields) => T {
  let last: { readonly fields: Fields; readonly value: T } | undefined
  let before: typeof last
  return (fields) => {
    if (last?.fields === fields) return last.value
    if (before?.fields === fields) return before.value
    const value = read(fields)
    before = last
    last = { fields, value }
    return value
  }
}
