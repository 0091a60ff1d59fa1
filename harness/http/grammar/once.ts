import type { Fields } from '../../wire/index.ts'

/** What `read` makes of a section, made once for each: several checks ask for the same reading. */
export function oncePerSection<T>(read: (fields: Fields) => T): (fields: Fields) => T {
  const readings = new WeakMap<Fields, { readonly value: T }>()
  return (fields) => {
    const known = readings.get(fields)
    if (known !== undefined) return known.value
    const value = read(fields)
    readings.set(fields, { value })
    return value
  }
}
