const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const longDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const day = days.join('|')
const month = months.join('|')
const time = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)'
const forms = {
  'imf-fixdate': new RegExp(`^(?:${day}), (?<day>\\d\\d) (?<month>${month}) (?<year>\\d{4}) ${time} GMT$`),
  'rfc850-date': new RegExp(
    `^(?:${longDays.join('|')}), (?<day>\\d\\d)-(?<month>${month})-(?<year>\\d\\d) ${time} GMT$`,
  ),
  'asctime-date': new RegExp(`^(?:${day}) (?<month>${month}) (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
} as const

export interface HttpDate {
  readonly form: keyof typeof forms
  /** Milliseconds since the epoch. */
  readonly ms: number
}

/**
 * Reads an HTTP-date (RFC 9110 section 5.6.7) in any of its three forms; undefined for anything
 * else, days that no month has among it. `now` (milliseconds since the epoch) settles the
 * century of a two-digit year: more than fifty years ahead means the past.
 */
export function parseHttpDate(text: string, now: number): HttpDate | undefined {
  const known = fixed.get(text)
  if (known !== undefined) return known
  const date = parse(text, now)
  // The form of today means the same whenever it is read; a message holds few dates, asked for often.
  if (date?.form === 'imf-fixdate') {
    if (fixed.size >= 16) fixed.clear()
    fixed.set(text, date)
  }
  return date
}

/**
 * Reads an HTTP-date as a cache does: in any case (RFC 9111 section 4.2). That it is written so is
 * for the check of its form to say.
 */
export function readHttpDate(text: string, now: number): HttpDate | undefined {
  const date = parseHttpDate(text, now)
  if (date !== undefined || text.length > 40) return date
  const usual = text.replace(/[a-z]+/gi, (word) =>
    /^gmt$/i.test(word) ? 'GMT' : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
  )
  return parseHttpDate(usual, now)
}

const fixed = new Map<string, HttpDate>()

function parse(text: string, now: number): HttpDate | undefined {
  for (const form of ['imf-fixdate', 'rfc850-date', 'asctime-date'] as const) {
    const groups = forms[form].exec(text)?.groups
    if (groups === undefined) continue
    const ms = timeOf(groups, now)
    return ms === undefined ? undefined : { form, ms }
  }
  return undefined
}

function timeOf(parts: Record<string, string>, now: number): number | undefined {
  const [dayOfMonth, hour, minute, second] = ['day', 'hour', 'minute', 'second'].map((part) => Number(parts[part]))
  const monthIndex = months.indexOf(parts['month'] ?? '')
  const year = yearOf(parts['year'] ?? '', now)
  // 60 is a leap second.
  if (dayOfMonth === undefined || hour === undefined || minute === undefined || second === undefined) return undefined
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const date = new Date(Date.UTC(2000, monthIndex, 1, hour, minute, second))
  date.setUTCFullYear(year, monthIndex, dayOfMonth)
  // A day past the end of its month would have moved into the next.
  const rolledOver = dayOfMonth < 1 || new Date(Date.UTC(year, monthIndex, dayOfMonth)).getUTCMonth() !== monthIndex
  return rolledOver ? undefined : date.getTime()
}

function yearOf(text: string, now: number): number {
  if (text.length === 4) return Number(text)
  const thisYear = new Date(now).getUTCFullYear()
  const year = Math.floor(thisYear / 100) * 100 + Number(text)
  return year > thisYear + 50 ? year - 100 : year
}

/** A time in the form of RFC 850, which only old senders use: `Sunday, 06-Nov-94 08:49:37 GMT`. */
export function formatRfc850(ms: number): string {
  const date = new Date(ms)
  const weekday = longDays[date.getUTCDay()] ?? ''
  const [, dayOfMonth = '', monthName = '', year = '', clock = ''] = date.toUTCString().split(' ')
  return `${weekday}, ${dayOfMonth}-${monthName}-${year.slice(-2)} ${clock} GMT`
}

/** A time in the form of C's asctime, which only old senders use: `Sun Nov  6 08:49:37 1994`. */
export function formatAsctime(ms: number): string {
  const [weekday = '', dayOfMonth = '', monthName = '', year = '', clock = ''] = new Date(ms).toUTCString().split(' ')
  return `${weekday.slice(0, 3)} ${monthName} ${String(Number(dayOfMonth)).padStart(2)} ${clock} ${year}`
}

/** A time as IMF-fixdate, for sentences and examples. */
export function formatHttpDate(ms: number): string {
  return new Date(ms).toUTCString()
}
