/** Milliseconds for each unit. A number without one is milliseconds, except where the manual says seconds. */
const units: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const longest = 2_147_483_647

/**
 * A time of HAProxy in milliseconds: configuration manual, section 2.5. Microseconds are rounded up, so that a wait that was
 * wanted stays one. Undefined when it is none, or longer than HAProxy can count (24.8 days).
 *
 * @param bare the unit of a number without one
 */
export function durationOf(text: string, bare: 'ms' | 's' = 'ms'): number | undefined {
  const [, digits, unit] = /^(\d+)(us|ms|[smhd])?$/.exec(text) ?? []
  if (digits === undefined) return undefined
  const milliseconds = Math.ceil(Number(digits) * (units[unit ?? bare] ?? 1))
  return milliseconds <= longest ? milliseconds : undefined
}
