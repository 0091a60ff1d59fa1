import type { Fields } from '../../wire/index.ts'

/** The values of a field whose lines together are the inside of a JSON array; undefined where they are not. */
export function jsonField(fields: Fields, name: string): readonly unknown[] | undefined {
  const value = fields.get(name)
  if (value === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(`[${value}]`)
    return Array.isArray(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** True for a JSON object, which is no array and not null. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
