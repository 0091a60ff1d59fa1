import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import { formatAsctime, formatRfc850, parseHttpDate } from '../grammar/http-date.ts'
import type { ProbeContext } from '../probe-context.ts'
import { lastModifiedOf, noPage } from './support/page.ts'

const ignored = rule({
  id: 'http/conditional-modified-obsolete-date-ignored',
  level: 'warning',
  reference: rfc(9110, '5.6.7'),
  says: (e: { given: string; lastModified: string }) =>
    `If-Modified-Since: ${e.given} is answered with the whole page; the same time as ${e.lastModified} with 304.`,
  wants: 'A recipient of a date reads all three forms of it.',
  remedy: 'Read dates with a function for HTTP dates; a general one takes two-digit years and missing zones otherwise.',
})

interface Seen {
  readonly lastModified: string
  /** The same time in the form of RFC 850, and of asctime, with the status that it brought. */
  readonly forms: readonly { readonly given: string; readonly status: number }[]
  /** Status with the date as the page writes it, asked for only when a form did not bring 304. */
  readonly current: number
}

const seen = (rfc850: number, asctime: number, current = 304): Seen => ({
  lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT',
  forms: [
    { given: 'Thursday, 01-Jan-26 00:00:00 GMT', status: rfc850 },
    { given: 'Thu Jan  1 00:00:00 2026', status: asctime },
  ],
  current,
})

/** The page's own date in the two forms that nobody sends any more and everybody must read. */
export const conditionalModifiedObsoleteDate = probe({
  id: 'http/conditional-modified-obsolete-date',
  rules: [ignored],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const lastModified = lastModifiedOf(base) ?? ''
    const changed = parseHttpDate(lastModified, base.now)
    if (changed === undefined) return { notApplicable: 'the page has no valid Last-Modified' }
    const status = async (since: string): Promise<number> =>
      (await ask({ fields: [['If-Modified-Since', since]] })).response.status
    const forms = []
    for (const given of [formatRfc850(changed.ms), formatAsctime(changed.ms)]) {
      forms.push({ given, status: await status(given) })
    }
    const all = forms.every((form) => form.status === 304)
    return { lastModified, forms, current: all ? 304 : await status(lastModified) }
  },
  *run({ lastModified, forms, current }: Seen) {
    if (current !== 304) return
    for (const [at, { given, status }] of forms.entries()) {
      if (status === 200) yield ignored.at(`forms.${at}.status`, { given, lastModified })
    }
  },
  examples: [
    { title: 'all forms are read', given: seen(304, 304), yields: [] },
    { title: 'dates are not looked at', given: seen(200, 200, 200), yields: [] },
    { title: 'RFC 850 is not read', given: seen(200, 304), yields: [ignored] },
    { title: 'asctime is taken for local time', given: seen(304, 200), yields: [ignored] },
  ],
})
