/** Names and values in turn, as they stood on the wire: duplicates, order and letter case are kept. */
export type RawFields = readonly string[]

/** What a client asked for. */
export interface Asked {
  readonly method: string
  /** Path and query, as sent. */
  readonly target: string
  readonly fields: RawFields
}

/** What a server answered, as much of it as is compared. */
export interface Answer {
  readonly status: number
  readonly message: string
  readonly fields: RawFields
  readonly body: Uint8Array
  readonly trailers: RawFields
  /** Milliseconds from sending the request until the answer was whole. */
  readonly ms: number
}

/** The value of the first field of a name (in small letters). */
export function fieldOf(fields: RawFields, name: string): string | undefined {
  for (let at = 0; at < fields.length; at += 2) {
    if (fields[at]?.length === name.length && fields[at]?.toLowerCase() === name) return fields[at + 1]
  }
  return undefined
}

/** Methods that ask for nothing to change, and that a client itself may send again (RFC 9110 sections 9.2.1 and 9.2.2). */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** The values of fields by their names in small letters, each in the order of its lines. */
export function byName(fields: RawFields): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = '', value = ''] = [fields[at]?.toLowerCase(), fields[at + 1]]
    const values = found.get(name)
    if (values === undefined) found.set(name, [value])
    else values.push(value)
  }
  return found
}
