import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import { formatHttpDate } from '../grammar/http-date.ts'
import type { ProbeContext } from '../probe-context.ts'
import { hexadecimal } from '../random.ts'

const notModified = rule({
  id: 'http/conditional-on-error-not-modified',
  level: 'error',
  reference: rfc(9110, '13.2.1'),
  says: (e: { field: string; plain: number }) =>
    `A path that does not exist is answered ${e.plain}, and 304 with ${e.field}.`,
  wants: 'Conditions are ignored where the answer without them would be an error.',
  remedy: 'Evaluate conditions only before a 2xx answer; as it is, caches go on showing what was removed.',
})

const preconditionFailed = rule({
  id: 'http/conditional-on-error-precondition-failed',
  level: 'warning',
  reference: rfc(9110, '13.2.1'),
  says: (e: { field: string; plain: number }) =>
    `A path that does not exist is answered ${e.plain}, and 412 with ${e.field}.`,
  wants: 'Conditions are ignored where the answer without them would be an error.',
  remedy: 'Look for what was asked first, and evaluate conditions on what was found.',
})

interface Seen {
  /** Status of the path without conditions; null when no condition made that worth asking. */
  readonly plain: number | null
  readonly noneMatch: number
  readonly modifiedSince: number
}

/** Conditions that hold for everything, on a path where there is nothing. */
export const conditionalOnError = probe({
  id: 'http/conditional-on-error',
  rules: [notModified, preconditionFailed],
  async gather({ url, base, ask, random }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const { href } = new URL(`seatrial-${hexadecimal(random, 12)}`, url)
    const status = async (...fields: readonly (readonly [string, string])[]): Promise<number> =>
      (await ask({ url: href, fields })).response.status
    const noneMatch = await status(['If-None-Match', '*'])
    const modifiedSince = await status(['If-Modified-Since', formatHttpDate(base.now)])
    const doubtful = [noneMatch, modifiedSince].some((each) => each === 304 || each === 412)
    return { plain: doubtful ? await status() : null, noneMatch, modifiedSince }
  },
  *run({ plain, noneMatch, modifiedSince }: Seen) {
    // A page that says "not found" with 200 is a page like any other to a condition.
    if (plain === null || plain < 300 || plain === 412) return
    for (const [field, status] of [
      ['If-None-Match', noneMatch],
      ['If-Modified-Since', modifiedSince],
    ] as const) {
      if (status === 304) yield notModified.at('response.status', { field, plain })
      if (status === 412) yield preconditionFailed.at('response.status', { field, plain })
    }
  },
  examples: [
    { title: 'not found, whatever is asked', given: { plain: null, noneMatch: 404, modifiedSince: 404 }, yields: [] },
    { title: 'a soft 404', given: { plain: 200, noneMatch: 304, modifiedSince: 304 }, yields: [] },
    { title: 'not modified', given: { plain: 404, noneMatch: 404, modifiedSince: 304 }, yields: [notModified] },
    {
      title: 'a condition failed',
      given: { plain: 404, noneMatch: 412, modifiedSince: 404 },
      yields: [preconditionFailed],
    },
  ],
})
