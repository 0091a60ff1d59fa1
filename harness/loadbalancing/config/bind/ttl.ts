const units: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 }

/** A time of a zone in seconds: a number, or BIND's `1w2d3h4m5s` in any case. Undefined when it is none, or above 2^31 - 1 (RFC 2181 section 8). */
export function ttlOf(text: string): number | undefined {
  if (!/^(?:\d+|(?:\d+[wdhms])+)$/i.test(text)) return undefined
  const sum = /^\d+$/.test(text)
    ? Number(text)
    : [...text.matchAll(/(\d+)([a-z])/gi)].reduce(
        (total, [, digits, unit = '']) => total + Number(digits) * (units[unit.toLowerCase()] ?? 0),
        0,
      )
  return sum <= 2_147_483_647 ? sum : undefined
}
