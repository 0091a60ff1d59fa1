import { isIPv6 } from 'node:net'

/** An IPv6 block (RFC 4291 section 2.3). */
export interface Cidr6 {
  /** First address, as a number. */
  readonly first: bigint
  readonly bits: number
}

/** Undefined for what is no address. */
export function parseIpv6(text: string): bigint | undefined {
  if (!isIPv6(text) || text.includes('%') || text.includes('.')) return undefined
  const [head = '', tail] = text.split('::')
  const groups = (part: string | undefined): string[] => (part === undefined || part === '' ? [] : part.split(':'))
  const [before, after] = [groups(head), groups(tail)]
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return all.reduce((sum, group) => (sum << 16n) + BigInt(Number.parseInt(group, 16)), 0n)
}

/** Undefined for what is no block; host bits may be set. */
export function parseCidr6(text: string): Cidr6 | undefined {
  const [, address = '', length = ''] = /^([0-9a-fA-F:]+)\/(\d{1,3})$/.exec(text) ?? []
  const [number, bits] = [parseIpv6(address), Number(length)]
  if (number === undefined || bits > 128) return undefined
  const host = BigInt(128 - bits)
  return { first: (number >> host) << host, bits }
}

/** Whether the inner block lies in the outer one; both as text. */
export function within6(outer: string, inner: string): boolean {
  const [out, into] = [parseCidr6(outer), parseCidr6(inner)]
  if (out === undefined || into === undefined || into.bits < out.bits) return false
  const host = BigInt(128 - out.bits)
  return out.first >> host === into.first >> host
}

/** In the short form of RFC 5952. */
export function ipv6Text(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - index * 16)) & 0xffffn).toString(16))
  const whole = groups.join(':')
  // The longest run of two or more zeros, and of several the first.
  const zeros = ([run]: RegExpExecArray): number => run.replaceAll(':', '').length
  const [longest] = [...whole.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].toSorted((a, b) => zeros(b) - zeros(a))
  if (longest === undefined) return whole
  const [before, after] = [whole.slice(0, longest.index), whole.slice(longest.index + longest[0].length)]
  return `${before}::${after.replace(/^:/, '')}`
}

export function cidr6Text({ first, bits }: Cidr6): string {
  return `${ipv6Text(first)}/${bits}`
}
