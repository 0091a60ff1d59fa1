import type { z } from 'zod'
import { UsageError } from '../../kernel/index.ts'

/** What a schema has against an entry, as an error: its first complaint, with the place in the entry. */
export function schemaError(error: z.ZodError, input: unknown, where: string): UsageError {
  const [issue] = error.issues
  const path = issue?.path ?? []
  const dotted = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return new UsageError({
    path: dotted === '' ? where : `${where}: ${dotted.replace(/^\./, '')}`,
    given: shown(valueAt(input, path)),
    wanted: issue?.message ?? 'something else',
  })
}

/** The error of an entry that is no JSON at all. */
export function jsonError(text: string, where: string, cause: unknown): UsageError {
  return new UsageError({ path: where, given: shown(text), wanted: 'one exchange as a JSON object', cause })
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === String(key))?.[1]
  }
  return value
}

/** A value as one short piece of text. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  // Cut before it is turned into text: a line may hold megabytes.
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
