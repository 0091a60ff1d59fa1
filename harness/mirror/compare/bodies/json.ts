import type { BodyComparer, CompareRules } from '../body-comparer.ts'
import type { Difference } from '../difference.ts'
import { differ } from '../difference.ts'

/** JSON, value by value. White space, the order of members and the spelling of a number that fits say nothing (RFC 8259). */
export const json: BodyComparer = {
  id: 'json',
  takes: (type) => /^application\/(?:json|[^/]+\+json)$/.test(type),
  compare(primary, candidate, rules) {
    const [a, b] = [parsed(primary), parsed(candidate)]
    if (a === undefined || b === undefined) return undefined
    return [...differences(a.value, b.value, '$', rules)]
  },
}

function parsed(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { value: JSON.parse(text, exact) }
  } catch {
    return undefined
  }
}

/** A number that a double cannot hold stays as it was written: two ids that differ in their last digit are two ids. */
function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || context?.source === undefined) return value
  return /^-?\d+$/.test(context.source) ? BigInt(context.source).toString() : value
}

function* differences(a: unknown, b: unknown, path: string, rules: CompareRules): Generator<Difference> {
  if (a === b) return
  if (Array.isArray(a) && Array.isArray(b)) {
    yield* ofArrays(a, b, path, rules)
  } else if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const below = /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
      if (Object.hasOwn(a, key) && Object.hasOwn(b, key)) yield* differences(a[key], b[key], below, rules)
      else yield differ(`json ${below}`, a[key], b[key])
    }
  } else {
    yield differ(`json ${path}`, a, b)
  }
}

function* ofArrays(
  a: readonly unknown[],
  b: readonly unknown[],
  path: string,
  rules: CompareRules,
): Generator<Difference> {
  if (a.length !== b.length) {
    yield { place: `json ${path}`, kind: 'length', primary: `${a.length} elements`, candidate: `${b.length} elements` }
  }
  const sorted = rules.unordered.includes(path)
  const [own, its] = sorted ? [inOrder(a), inOrder(b)] : [a, b]
  for (let at = 0; at < Math.min(own.length, its.length); at++) {
    yield* differences(own[at], its[at], `${path}[]`, rules)
  }
}

function inOrder(values: readonly unknown[]): readonly unknown[] {
  return values
    .map((value) => ({ value, text: JSON.stringify(value) ?? '' }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ value }) => value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
