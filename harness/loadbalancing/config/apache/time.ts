const units: Readonly<Record<string, number>> = { s: 1000, ms: 1, mi: 60_000, min: 60_000, h: 3_600_000 }

/** A time of Apache in milliseconds: a number without a unit is seconds. Undefined when it is none. */
export function apacheTime(text: string): number | undefined {
  const [, digits, unit = 's'] = /^(\d+)(ms|min?|s|h)?$/i.exec(text) ?? []
  const factor = units[unit.toLowerCase()]
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}
