/** One field line as it stood on the wire: latin-1 text, one character a byte. */
export interface FieldLine {
  readonly name: string
  readonly value: string
}

const none: readonly string[] = []

/** The field lines of one section, asked by name without regard to case (RFC 9110 section 5.1). */
export class Fields {
  readonly lines: readonly FieldLine[]
  readonly #byName = new Map<string, string[]>()
  #names: readonly string[] | undefined

  constructor(lines: readonly FieldLine[]) {
    this.lines = lines
    for (const { name, value } of lines) {
      const key = name.toLowerCase()
      const values = this.#byName.get(key)
      if (values === undefined) this.#byName.set(key, [value])
      else values.push(value)
    }
  }

  /** From pairs, for tests and examples. */
  static of(pairs: readonly (readonly [name: string, value: string])[]): Fields {
    return new Fields(pairs.map(([name, value]) => ({ name, value })))
  }

  has(name: string): boolean {
    return this.#byName.has(name.toLowerCase())
  }

  /** Every line's value, in order; empty when the field is absent. */
  all(name: string): readonly string[] {
    return this.#byName.get(name.toLowerCase()) ?? none
  }

  /** The field's value, lines joined by `, ` (RFC 9110 section 5.2); undefined when absent. */
  get(name: string): string | undefined {
    const values = this.#byName.get(name.toLowerCase())
    return values?.length === 1 ? values[0] : values?.join(', ')
  }

  /** The names present, lower-case, in order of first appearance. */
  names(): readonly string[] {
    this.#names ??= [...this.#byName.keys()]
    return this.#names
  }
}
