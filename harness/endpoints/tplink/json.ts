import type { Json, JsonObject } from '../../kernel/index.ts'

/** What a text says, or undefined when it is no JSON; it never throws, however deep the brackets go. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
