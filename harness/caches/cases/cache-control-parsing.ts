import { rfc } from '../../kernel/index.ts'
import type { CaseLevel } from '../case.ts'
import { topic } from '../topic.ts'

interface Form {
  readonly name: string
  readonly title: string
  /** The lines of Cache-Control. */
  readonly lines: readonly string[]
  readonly from: 'cache' | 'origin'
  readonly level?: CaseLevel
  readonly aka?: string
}

const forms: readonly Form[] = [
  {
    name: 'two-fresh-stale',
    title: 'Of two max-age on one line the first counts: fresh before stale.',
    lines: ['max-age=1800, max-age=1'],
    from: 'cache',
    aka: 'freshness-max-age-two-fresh-stale-sameline',
  },
  {
    name: 'two-fresh-stale-lines',
    title: 'Of two max-age on two lines the first counts: fresh before stale.',
    lines: ['max-age=1800', 'max-age=1'],
    from: 'cache',
    aka: 'freshness-max-age-two-fresh-stale-sepline',
  },
  {
    name: 'two-stale-fresh',
    title: 'Of two max-age on one line the fresh one counts: stale before fresh.',
    lines: ['max-age=1, max-age=1800'],
    from: 'cache',
    aka: 'freshness-max-age-two-stale-fresh-sameline',
  },
  {
    name: 'two-stale-fresh-lines',
    title: 'Of two max-age on two lines the fresh one counts: stale before fresh.',
    lines: ['max-age=1', 'max-age=1800'],
    from: 'cache',
    aka: 'freshness-max-age-two-stale-fresh-sepline',
  },
  {
    name: 'quoted-other',
    title: 'max-age inside the quoted value of another directive does not count.',
    lines: ['extension="max-age=3600", max-age=1'],
    from: 'origin',
    level: 'required',
    aka: 'freshness-max-age-ignore-quoted',
  },
  {
    name: 'quoted-other-after',
    title: 'max-age inside a quoted value does not count behind the real one either.',
    lines: ['max-age=1, extension="max-age=3600"'],
    from: 'origin',
    level: 'required',
    aka: 'freshness-max-age-ignore-quoted-rev',
  },
  {
    name: 'quoted-no-store',
    title: 'no-store inside the quoted value of another directive does not count.',
    lines: ['extension="no-store", max-age=3600'],
    from: 'cache',
  },
  {
    name: 'quoted',
    title: 'A quoted max-age counts as an unquoted one.',
    lines: ['max-age="3600"'],
    from: 'cache',
    aka: 'freshness-max-age-quoted',
  },
  {
    name: 'single-quoted',
    title: 'A max-age in single quotes does not count.',
    lines: ["max-age='3600'"],
    from: 'origin',
    aka: 'freshness-max-age-single-quoted',
  },
  {
    name: 'space-before',
    title: 'A max-age with a space before its equals sign does not count.',
    lines: ['max-age =3600'],
    from: 'origin',
    aka: 'freshness-max-age-space-before-equals',
  },
  {
    name: 'space-after',
    title: 'A max-age with a space behind its equals sign does not count.',
    lines: ['max-age= 3600'],
    from: 'origin',
    aka: 'freshness-max-age-space-after-equals',
  },
  {
    name: 'leading-zero',
    title: 'A max-age with leading zeros is read as a number.',
    lines: ['max-age=003600'],
    from: 'cache',
    level: 'optional',
    aka: 'freshness-max-age-leading-zero',
  },
  {
    name: 'decimal-zero',
    title: 'A max-age of 3600.0 counts as 3600.',
    lines: ['max-age=3600.0'],
    from: 'cache',
    aka: 'freshness-max-age-decimal-zero',
  },
  {
    name: 'decimal-five',
    title: 'A max-age of 3600.5 counts as 3600.',
    lines: ['max-age=3600.5'],
    from: 'cache',
    aka: 'freshness-max-age-decimal-five',
  },
  {
    name: 'leading-letter',
    title: 'A max-age that begins with a letter counts all the same.',
    lines: ['max-age=a3600'],
    from: 'cache',
    aka: 'freshness-max-age-a100',
  },
  {
    name: 'trailing-letter',
    title: 'A max-age that ends in a letter counts all the same.',
    lines: ['max-age=3600a'],
    from: 'cache',
    aka: 'freshness-max-age-100a',
  },
  {
    name: 'empty-value',
    title: 'A max-age without a value makes no answer fresh.',
    lines: ['max-age='],
    from: 'origin',
  },
  { name: 'no-value', title: 'max-age alone makes no answer fresh.', lines: ['max-age'], from: 'origin' },
  {
    name: 'plus-sign',
    title: 'A max-age with a plus sign makes no answer fresh.',
    lines: ['max-age=+3600'],
    from: 'origin',
  },
  {
    name: 'empty-members',
    title: 'Empty members of the list change nothing.',
    lines: [',, max-age=3600 ,,'],
    from: 'cache',
    level: 'optional',
  },
  {
    name: 'empty-line',
    title: 'An empty line of Cache-Control before another changes nothing.',
    lines: ['', 'max-age=3600'],
    from: 'cache',
    level: 'optional',
  },
  {
    name: 'no-space',
    title: 'Directives need no space between them.',
    lines: ['public,max-age=3600'],
    from: 'cache',
    level: 'optional',
  },
  {
    name: 'tab',
    title: 'A tab behind the comma is space like any other.',
    lines: ['public,\tmax-age=3600'],
    from: 'cache',
    level: 'optional',
  },
  {
    name: 'semicolon',
    title: 'Directives parted by a semicolon are not read as a list.',
    lines: ['public; max-age=3600'],
    from: 'origin',
  },
  { name: 'prefix', title: 'x-max-age is not max-age.', lines: ['x-max-age=3600'], from: 'origin', level: 'required' },
  { name: 'suffix', title: 'max-age-x is not max-age.', lines: ['max-age-x=3600'], from: 'origin', level: 'required' },
  {
    name: 'no-store-quoted',
    title: 'no-store with a value is no-store.',
    lines: ['no-store=1, max-age=3600'],
    from: 'origin',
  },
  {
    name: 'no-store-last-line',
    title: 'no-store on the last of several lines counts.',
    lines: ['max-age=3600', 'public', 'no-store'],
    from: 'origin',
    level: 'required',
  },
]

/** How Cache-Control is read. */
export const cacheControlParsingCases = topic({
  id: 'caches/cache-control-parsing',
  remedy: 'Send each directive once, unquoted, and let the cache read the field as the list that it is.',
  cases: forms.map(({ name, title, lines, from, level = 'observation', aka }) => ({
    name,
    title,
    level,
    reference: rfc(9111, level === 'observation' ? '4.2.1' : '5.2'),
    ...(aka !== undefined && { aka }),
    needs: ['caches/freshness-max-age'] as const,
    requests: [
      { answer: { fields: lines.map((line) => ['Cache-Control', line] as const) } },
      { after: 2.5, expect: { from } },
    ],
  })),
})
