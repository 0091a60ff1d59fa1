import type { RawFields } from './exchange.ts'
import { fieldOf } from './exchange.ts'

/** Fields that belong to one connection (RFC 9110 section 7.6.1), and one that undici will not send: Expect. */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
])

/**
 * Fields without those that belong to the connection on which they came, by name or because `Connection` lists them. What is
 * left keeps its order, its case and its duplicates.
 */
export function endToEnd(fields: RawFields): string[] {
  const listed = fieldOf(fields, 'connection')?.toLowerCase()
  const named =
    listed === undefined || listed === 'keep-alive' || listed === 'close'
      ? undefined
      : new Set(listed.split(',').map((name) => name.trim()))
  const kept: string[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = '', value = ''] = [fields[at], fields[at + 1]]
    const small = name.toLowerCase()
    if (!hopByHop.has(small) && named?.has(small) !== true) kept.push(name, value)
  }
  return kept
}
