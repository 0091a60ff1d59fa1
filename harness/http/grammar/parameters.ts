import { quotedStringSource, unquote } from './quoted-string.ts'
import { tokenSource } from './token.ts'

export interface Parameter {
  /** Lower-case: names are compared without regard to case. */
  readonly name: string
  /** Without quotes; undefined where there is no `=`. */
  readonly value: string | undefined
  readonly quoted: boolean
}

export interface Parameters {
  readonly all: readonly Parameter[]
  /** Segments that are no parameter, as they stood. */
  readonly malformed: readonly string[]
}

const strict = new RegExp(`^(${tokenSource})=(?:(${tokenSource})|(${quotedStringSource}))$`)
const loose = new RegExp(`^(${tokenSource})[ \\t]*(?:=[ \\t]*(?:(${tokenSource})|(${quotedStringSource})))?$`)

/**
 * Parameters (RFC 9110 section 5.6.6), already split at semicolons. `loose` allows white space
 * around `=` and a name alone, as Link (RFC 8288) and Content-Disposition (RFC 6266) do.
 */
export function parseParameters(segments: readonly string[], form: 'strict' | 'loose' = 'strict'): Parameters {
  const all: Parameter[] = []
  const malformed: string[] = []
  for (const segment of segments) {
    const [, name, token, quoted] = (form === 'strict' ? strict : loose).exec(segment) ?? []
    if (name === undefined) malformed.push(segment)
    else {
      const value = quoted === undefined ? token : unquote(quoted)
      all.push({ name: name.toLowerCase(), value, quoted: quoted !== undefined })
    }
  }
  return { all, malformed }
}

/** The value of the first parameter of that lower-case name. */
export function parameter(parameters: Parameters, name: string): string | undefined {
  return parameters.all.find((each) => each.name === name)?.value
}
