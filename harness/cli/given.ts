import { shellWord } from '../kernel/index.ts'

/** Left out, not undefined: a schema has its own word for what is not given. */
export function known(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))
}

/** Options as somebody types them again, those that were given. */
export function typed(keys: readonly string[], given: Readonly<Record<string, unknown>>): readonly string[] {
  return keys.flatMap((key) => {
    const value = given[key]
    if (value === undefined || value === false) return []
    if (value === true) return [`--${key}`]
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    return values.flatMap((each) => [`--${key}`, shellWord(String(each))])
  })
}
