import { rfc } from '../../kernel/index.ts'
import type { CaseLevel } from '../case.ts'
import { topic } from '../topic.ts'

/**
 * Dates that no grammar allows, and what a cache makes of them. What is not a date is in the past, a zone other
 * than GMT is none, and the case of letters is nothing (RFC 9111 sections 5.3 and 4.2).
 */
const forms: readonly (readonly [name: string, what: string, value: string | readonly string[], aka?: string])[] = [
  [
    'weekday-upper',
    'with its weekday in capitals',
    'THU, 18 Aug 2050 02:01:18 GMT',
    'freshness-expires-wrong-case-weekday',
  ],
  ['month-upper', 'with its month in capitals', 'Thu, 18 AUG 2050 02:01:18 GMT', 'freshness-expires-wrong-case-month'],
  ['zone-case', 'with gMT for GMT', 'Thu, 18 Aug 2050 02:01:18 gMT', 'freshness-expires-wrong-case-tz'],
  ['utc', 'in UTC', 'Thu, 18 Aug 2050 02:01:18 UTC', 'freshness-expires-invalid-utc'],
  ['aest', 'in AEST', 'Thu, 18 Aug 2050 02:01:18 AEST', 'freshness-expires-invalid-aest'],
  ['offset', 'with a numeric zone', 'Thu, 18 Aug 2050 02:01:18 +0000'],
  ['no-zone', 'without a zone', 'Thu, 18 Aug 2050 02:01:18'],
  [
    'two-digit-year',
    'with a year of two digits',
    'Thu, 18 Aug 50 02:01:18 GMT',
    'freshness-expires-invalid-2-digit-year',
  ],
  ['no-comma', 'without its comma', 'Thu 18 Aug 2050 02:01:18 GMT', 'freshness-expires-invalid-no-comma'],
  ['spaces', 'with several spaces', 'Thu, 18  Aug  2050 02:01:18 GMT', 'freshness-expires-invalid-multiple-spaces'],
  [
    'dashes',
    'with dashes between day, month and year',
    'Thu, 18-Aug-2050 02:01:18 GMT',
    'freshness-expires-invalid-date-dashes',
  ],
  ['periods', 'with periods in its time', 'Thu, 18 Aug 2050 02.01.18 GMT', 'freshness-expires-invalid-time-periods'],
  [
    'one-digit-hour',
    'with an hour of one digit',
    'Thu, 18 Aug 2050 2:01:18 GMT',
    'freshness-expires-invalid-1-digit-hour',
  ],
  ['one-digit-day', 'with a day of one digit', 'Mon, 8 Aug 2050 02:01:18 GMT'],
  ['no-seconds', 'without seconds', 'Thu, 18 Aug 2050 02:01 GMT'],
  ['weekday-wrong', 'with the wrong weekday', 'Mon, 18 Aug 2050 02:01:18 GMT'],
  ['weekday-none', 'without a weekday', '18 Aug 2050 02:01:18 GMT'],
  ['iso', 'in the form of ISO 8601', '2050-08-18T02:01:18Z'],
  ['epoch', 'as seconds since the epoch', '2544660078'],
  ['list', 'twice on one line', 'Thu, 18 Aug 2050 02:01:18 GMT, Thu, 18 Aug 2050 02:01:18 GMT'],
  [
    'lines',
    'on two lines that differ',
    ['Thu, 18 Aug 2050 2:01:18 GMT', 'Thu, 18 Aug 2050 2:01:19 GMT'],
    'freshness-expires-invalid-multiple-lines',
  ],
  ['quoted', 'in quotes', '"Thu, 18 Aug 2050 02:01:18 GMT"'],
  ['trailing', 'with text behind it', 'Thu, 18 Aug 2050 02:01:18 GMT foo'],
]

/** These are dates all the same, and good to use. */
const readable = new Set(['weekday-upper', 'month-upper', 'zone-case'])

export const expiresParsingCases = topic({
  id: 'caches/expires-parsing',
  remedy: 'Send Expires once, as IMF-fixdate; let no two caches in a row read it differently.',
  cases: forms.map(([name, what, value, aka]) => ({
    name,
    title: readable.has(name)
      ? `An Expires ${what} is read as the date that it is.`
      : name === 'weekday-wrong'
        ? 'An Expires with the wrong weekday makes no answer fresh.'
        : `An Expires ${what} is no date, and in the past.`,
    level: levelOf(name),
    reference: rfc(9111, readable.has(name) ? '4.2' : '5.3'),
    ...(aka !== undefined && { aka }),
    needs: ['caches/expires-future'] as const,
    requests: [
      {
        answer: {
          fields: [...[value].flat().map((line) => ['Expires', line] as const), ['Date', '{now}'] as const],
        },
      },
      { expect: { from: readable.has(name) ? ('cache' as const) : ('origin' as const) } },
    ],
  })),
})

/** The grammar does not see a wrong weekday: whether anybody does is open. */
function levelOf(name: string): CaseLevel {
  if (readable.has(name)) return 'optional'
  return name === 'weekday-wrong' ? 'observation' : 'required'
}
