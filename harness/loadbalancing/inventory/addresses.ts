import { isIP } from 'node:net'

/** An IP address written in one way, whatever way it was given; undefined when it is none. */
export function ipOf(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/s, '$1')
  const family = isIP(bare)
  if (family === 4) return bare
  if (family === 0 || bare.includes('%')) return undefined
  return new URL(`http://[${bare}]`).hostname.slice(1, -1)
}

/** The name under which DNS keeps the name of an address: RFC 1035 section 3.5, RFC 3596 section 2.5. */
export function pointerName(address: string): string | undefined {
  const ip = ipOf(address)
  if (ip === undefined) return undefined
  if (isIP(ip) === 4) return `${ip.split('.').toReversed().join('.')}.in-addr.arpa`
  const [before = '', after] = ip.split('::')
  const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'))
  const [head, tail] = [groups(before), groups(after ?? '')]
  const zeros = Array.from({ length: after === undefined ? 0 : 8 - head.length - tail.length }, () => '0')
  const digits = [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join('')
  return `${[...digits].toReversed().join('.')}.ip6.arpa`
}

/** Whether a name lies in a zone, or is its own name; both without the dot at the end, in lower case. */
export function isInZone(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`) || zone === ''
}

export const isReverse = (zone: string): boolean => /(?:^|\.)(?:in-addr|ip6)\.arpa$/.test(zone)
