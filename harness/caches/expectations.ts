import { check, document, rule } from '../kernel/index.ts'

const deviationGone = rule({
  id: 'caches/expectations-deviation-gone',
  level: 'warning',
  reference: document('How to add a cache product', 'https://www.rfc-editor.org/rfc/rfc9111'),
  says: (e: { case: string; listed: string; reason: string }) =>
    `${e.case} passes, and is listed as ${e.listed} ("${e.reason}").`,
  wants: 'The file of known deviations lists what is, and nothing else.',
  remedy: 'Drop the line from the file, or write the file anew with `seatrial caches --write-expected`.',
})

/** One case beside what the file of known deviations says of it. */
export interface Comparison {
  readonly case: string
  readonly outcome: 'passed' | 'failed' | 'unsettled'
  readonly listed: { readonly outcome: 'failed' | 'unsettled'; readonly reason: string } | undefined
}

/** A file of known deviations that tells of what is no longer so hides what comes next. */
export const expectations = check({
  id: 'caches/expectations',
  rules: [deviationGone],
  *run({ case: id, outcome, listed }: Comparison) {
    if (outcome !== 'passed' || listed === undefined) return
    yield deviationGone.at('expected', { case: id, listed: listed.outcome, reason: listed.reason })
  },
  examples: [
    {
      title: 'a case that passes and is not listed',
      given: { case: 'caches/x', outcome: 'passed', listed: undefined },
      yields: [],
    },
    {
      title: 'a case that fails as it is listed',
      given: { case: 'caches/x', outcome: 'failed', listed: { outcome: 'failed', reason: 'so it is' } },
      yields: [],
    },
    {
      title: 'a case that passes and is listed',
      given: { case: 'caches/x', outcome: 'passed', listed: { outcome: 'failed', reason: 'so it was' } },
      yields: [deviationGone],
    },
  ],
})
