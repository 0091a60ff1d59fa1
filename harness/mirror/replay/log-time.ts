const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * `10/Oct/2026:13:55:36 -0700`, with or without milliseconds, as web servers write times. One without a zone is taken as UTC:
 * only what lies between two times matters. In milliseconds since the epoch; undefined for anything else.
 */
export function logTime(text: string): number | undefined {
  const found =
    /^(\d{2})\/([A-Za-z]{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?: ([+-])(\d{2})(\d{2}))?$/.exec(text)
  if (found === null) return undefined
  const [day, , year, hour, minute, second] = found.slice(1, 7).map(Number)
  const month = months.indexOf(found[2]?.toLowerCase() ?? '')
  if (month < 0) return undefined
  const ms = Number(`0.${found[7] ?? '0'}`) * 1_000
  const zone = (found[8] === '-' ? -1 : 1) * (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * 60_000
  const time = Date.UTC(year ?? 0, month, day, hour, minute, second) + ms - zone
  return Number.isNaN(time) ? undefined : time
}
