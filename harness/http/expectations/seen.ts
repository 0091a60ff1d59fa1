import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'

/** A response field as a reader of a finding sees it: its name and value, or that it is not there. */
export function fieldSeen({ response }: Message, name: string): string {
  const value = response.fields.get(name)
  return value === undefined ? `no ${name}` : `${name}: ${excerpt(value)}`
}

/** What was seen, unless the expectation is met. */
export function unless(met: boolean, seen: () => string): string | undefined {
  return met ? undefined : seen()
}

/** The members of `wanted` that `has` does not know, as a text; undefined when it knows all. */
export function missing(wanted: readonly string[], has: (name: string) => boolean, front: string): string | undefined {
  const gone = wanted.filter((name) => !has(name))
  return gone.length === 0 ? undefined : `${front} ${gone.join(', ')}`
}
