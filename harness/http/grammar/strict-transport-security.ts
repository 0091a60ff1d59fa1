import { splitList } from './list.ts'
import { parseParameters } from './parameters.ts'

export interface TransportSecurity {
  /** Seconds. */
  readonly maxAge: number
  readonly includeSubDomains: boolean
  readonly preload: boolean
}

/**
 * Reads Strict-Transport-Security as browsers do (RFC 6797 sections 6.1 and 8.1): directives
 * between semicolons, each once, in any case, max-age quoted or not. What makes browsers ignore
 * the field is told in `invalid`.
 */
export function parseTransportSecurity(text: string): TransportSecurity | { readonly invalid: string } {
  const { all, malformed } = parseParameters(splitList(text, ';'), 'loose')
  const names = all.map(({ name }) => name)
  const find = (wanted: string) => all.find(({ name }) => name === wanted)
  const maxAge = find('max-age')
  const subDomains = find('includesubdomains')
  if (malformed.length > 0) return { invalid: 'it does not parse' }
  if (new Set(names).size < names.length) return { invalid: 'a directive stands twice' }
  if (maxAge === undefined) return { invalid: 'max-age is missing' }
  if (!/^\d+$/.test(maxAge.value ?? '')) return { invalid: 'max-age is not a whole number of seconds' }
  if (subDomains?.value !== undefined) return { invalid: 'includeSubDomains takes no value' }
  return {
    maxAge: Number(maxAge.value),
    includeSubDomains: subDomains !== undefined,
    preload: find('preload') !== undefined,
  }
}
