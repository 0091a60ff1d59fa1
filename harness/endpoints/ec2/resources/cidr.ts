/** An IPv4 block (RFC 4632). */
export interface Cidr {
  /** First address, as a number. */
  readonly first: number
  readonly bits: number
}

/** Undefined for what is no block; host bits may be set, as the service allows. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', length = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text) ?? []
  const [number, bits] = [parseIpv4(address), Number(length)]
  if (number === undefined || bits > 32) return undefined
  const size = 2 ** (32 - bits)
  return { first: Math.floor(number / size) * size, bits }
}

/** @throws Error for what is no block: only for blocks that were checked when they came in */
export function cidrOf(text: string): Cidr {
  const cidr = parseCidr(text)
  if (cidr === undefined) throw new Error(`${text} is no IPv4 block`)
  return cidr
}

export function parseIpv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (parts === undefined || parts.some((part) => part > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

export function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

export function cidrText({ first, bits }: Cidr): string {
  return `${ipv4Text(first)}/${bits}`
}

export function sizeOf({ bits }: Cidr): number {
  return 2 ** (32 - bits)
}

/** Addresses that AWS lets people use: it keeps the first four and the last of a subnet. */
export function usableHosts(cidr: Cidr): number {
  return Math.max(0, sizeOf(cidr) - 5)
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.bits >= outer.bits && inner.first >= outer.first && inner.first < outer.first + sizeOf(outer)
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return contains(a, b) || contains(b, a)
}
