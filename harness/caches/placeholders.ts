/** Replaces `{start}`, `{start-10}`, `{start+10 rfc850}` by dates and `{here}` by a path. */
export function filled(value: string, { start, here }: { readonly start: number; readonly here: string }): string {
  return value
    .replaceAll(/\{start([+-]\d+)?( rfc850| asctime)?\}/g, (_, seconds: string | undefined, form: string | undefined) =>
      dateIn(form, new Date(start + Number(seconds ?? 0) * 1000)),
    )
    .replaceAll('{here}', here)
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The three forms of an HTTP date (RFC 9110 section 5.6.7). */
function dateIn(form: string | undefined, date: Date): string {
  const text = date.toUTCString()
  const [, day = '', month = '', year = '', time = ''] = text.split(' ')
  if (form === ' rfc850') return `${days[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`
  if (form === ' asctime') return `${text.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`
  return text
}
