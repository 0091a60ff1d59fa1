/** One place in which two answers to the same request are not the same. */
export interface Difference {
  /** Where, so that the same place of other answers has the same name: `status`, `field etag`, `json $.items[].price`. */
  readonly place: string
  readonly kind: 'changed' | 'missing' | 'extra' | 'type' | 'length'
  /** What stands there, shortened; empty where nothing does. */
  readonly primary: string
  readonly candidate: string
}

const longest = 200

/** A value as it is shown. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`
}

/** A value there against one here. `undefined` stands for nothing at all. */
export function differ(place: string, primary: unknown, candidate: unknown): Difference {
  const kind =
    primary === undefined
      ? 'extra'
      : candidate === undefined
        ? 'missing'
        : kindOf(primary) === kindOf(candidate)
          ? 'changed'
          : 'type'
  return {
    place,
    kind,
    primary: primary === undefined ? '' : shown(primary),
    candidate: candidate === undefined ? '' : shown(candidate),
  }
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}
