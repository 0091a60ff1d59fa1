import { splitList } from './list.ts'
import type { Parameters } from './parameters.ts'
import { parseParameters } from './parameters.ts'

export interface Link {
  readonly target: string
  readonly parameters: Parameters
  /** False where a parameter is malformed; the others count all the same (RFC 8288 appendix B.3). */
  readonly whole: boolean
}

export interface Links {
  readonly links: readonly Link[]
  readonly malformed: readonly string[]
}

/** The members of Link, as they stood. */
export function splitLinks(value: string): string[] {
  return splitList(shield(value)).map(unshield)
}

/**
 * Reads Link (RFC 8288 section 3): `<target>`, then parameters. A comma or semicolon inside the
 * angle brackets separates nothing.
 */
export function parseLinks(value: string): Links {
  const links: Link[] = []
  const malformed: string[] = []
  for (const member of splitLinks(value)) {
    const close = member.indexOf('>')
    const rest = member.slice(close + 1).trimStart()
    const parameters = parseParameters(splitList(rest, ';'), 'loose')
    const bracketed = member.startsWith('<') && close > 0 && (rest === '' || rest.startsWith(';'))
    const whole = bracketed && parameters.malformed.length === 0
    if (!whole) malformed.push(member)
    if (bracketed) links.push({ target: member.slice(1, close), parameters, whole })
  }
  return { links, malformed }
}

// Commas and quotes may stand in a URI, where they are no separators; these stand in for them.
const shield = (value: string): string =>
  value.replace(/<[^<>]*>/g, (target) => target.replaceAll(',', '\ue000').replaceAll('"', '\ue001'))
const unshield = (member: string): string => member.replaceAll('\ue000', ',').replaceAll('\ue001', '"')
