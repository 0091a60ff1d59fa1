const delimiters = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const time = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D.*)?$/
const dayOfMonth = /^(\d{1,2})(?:\D.*)?$/
const year = /^(\d{2,4})(?:\D.*)?$/

interface Found {
  time?: readonly [hour: number, minute: number, second: number]
  day?: number
  month?: number
  year?: number
}

/**
 * Reads a date as browsers read the Expires of a cookie (RFC 6265 section 5.1.1): tokens in any
 * order. Milliseconds since the epoch, or undefined where browsers ignore the attribute.
 */
export function parseCookieDate(text: string): number | undefined {
  const found: Found = {}
  for (const token of text.split(delimiters)) take(token, found)
  if (found.time === undefined || found.day === undefined || found.month === undefined || found.year === undefined) {
    return undefined
  }
  const [hour, minute, second] = found.time
  const full =
    found.year >= 70 && found.year <= 99 ? found.year + 1900 : found.year < 70 ? found.year + 2000 : found.year
  if (found.day < 1 || found.day > 31 || full < 1601 || hour > 23 || minute > 59 || second > 59) return undefined
  const date = new Date(Date.UTC(full, found.month, found.day, hour, minute, second))
  return date.getUTCMonth() === found.month ? date.getTime() : undefined
}

/** Each part is taken from the first token that can be it, in this order. */
function take(token: string, found: Found): void {
  const clock = found.time === undefined ? time.exec(token) : null
  if (clock !== null) {
    found.time = [Number(clock[1]), Number(clock[2]), Number(clock[3])]
    return
  }
  const day = found.day === undefined ? dayOfMonth.exec(token) : null
  if (day !== null) {
    found.day = Number(day[1])
    return
  }
  const month = found.month === undefined ? months.indexOf(token.slice(0, 3).toLowerCase()) : -1
  if (month !== -1) {
    found.month = month
    return
  }
  const digits = found.year === undefined ? year.exec(token) : null
  if (digits !== null) found.year = Number(digits[1])
}
