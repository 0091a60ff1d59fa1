/** In descending order: each may come once, and only after those above it. */
const units = [
  ['y', 31_536_000_000],
  ['M', 2_592_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/** Units that a time of this resolution may not have: measured with nginx 1.22, which takes years and months for whole seconds only. */
const barred = { milliseconds: ['y', 'M'], seconds: ['ms'] } as const

/**
 * A time of nginx in milliseconds, such as `1m30`, `"1h 30m"`, `500ms`; a number without a unit is seconds. Undefined when nginx
 * refuses it.
 *
 * @param resolution what the directive counts in: most timeouts milliseconds; expiry and caches seconds
 */
export function nginxTime(text: string, resolution: 'milliseconds' | 'seconds' = 'milliseconds'): number | undefined {
  const barredHere: readonly string[] = barred[resolution]
  let sum = 0
  let next = 0
  let at = 0
  while (at < text.length) {
    part.lastIndex = at
    const [all, digits = '', unit] = part.exec(text) ?? []
    if (all === undefined) return undefined
    at += all.length
    // A number without a unit is seconds, whatever came before it, and nothing may follow it.
    if (unit === undefined && at < text.length) return undefined
    const place = units.findIndex(([name]) => name === (unit ?? 's'))
    const entry = units[place]
    if (entry === undefined || (unit !== undefined && place < next) || barredHere.includes(entry[0])) return undefined
    sum += Number(digits) * entry[1]
    next = place + 1
  }
  return text === '' || sum > most ? undefined : sum
}

/** What a signed number of 64 bits holds. */
const most = 2 ** 63
const part = /(\d+)(ms|[yMwdhms])? */y
