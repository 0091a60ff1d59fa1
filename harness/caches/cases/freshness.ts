import { rfc } from '../../kernel/index.ts'
import type { FieldPairs } from '../case.ts'
import type { CaseInput } from '../topic.ts'
import { topic } from '../topic.ts'

const freshness = rfc(9111, '4.2')
const maxAge = rfc(9111, '5.2.2.1')
const sMaxage = rfc(9111, '5.2.2.10')
const base = ['caches/freshness-max-age'] as const
const shared = ['caches/freshness-s-maxage'] as const

type Rest = Pick<CaseInput, 'name' | 'title'> & Partial<CaseInput>

/** One answer, and the same question again: it must be reused. */
function reused(fields: FieldPairs, rest: Rest): CaseInput {
  return {
    level: 'optional',
    reference: freshness,
    needs: base,
    requests: [{ answer: { fields } }, { expect: { from: 'cache' } }],
    ...rest,
  }
}

/** One answer, and the same question after a while: it must not be reused as it is. */
function outdated(fields: FieldPairs, rest: Rest, after = 2.5): CaseInput {
  return {
    level: 'required',
    reference: freshness,
    needs: base,
    requests: [{ answer: { fields } }, { after, expect: { from: 'origin' } }],
    ...rest,
  }
}

/** Explicit freshness: which field counts, for how long, and which of two counts. */
export const freshnessCases = topic({
  id: 'caches/freshness',
  remedy: 'Let the cache take the lifetime from s-maxage, max-age or Expires, in this order, and count the Age in.',
  cases: [
    reused([['Cache-Control', 'max-age=3600']], {
      name: 'max-age',
      title: 'An answer with max-age is used again while it is fresh.',
      reference: maxAge,
      aka: 'freshness-max-age',
      needs: [],
    }),
    outdated([], {
      name: 'none',
      title: 'An answer that says nothing of its freshness and has no validator is not used again.',
      level: 'observation',
      aka: 'freshness-none',
      needs: [],
    }),
    outdated([['Cache-Control', 'max-age=1']], {
      name: 'max-age-stale',
      title: 'An answer older than its max-age is not used without asking the origin.',
      aka: 'freshness-max-age-stale',
    }),
    outdated(
      [['Cache-Control', 'max-age=0']],
      {
        name: 'max-age-zero',
        title: 'An answer with max-age=0 is stale from the beginning.',
        reference: maxAge,
        aka: 'freshness-max-age-0',
      },
      0,
    ),
    outdated(
      [['Cache-Control', 'max-age=-1']],
      {
        name: 'max-age-negative',
        title: 'An answer with a negative max-age is not used again.',
        reference: rfc(9111, '4.2.1'),
        aka: 'freshness-max-age-negative',
      },
      0,
    ),
    ...(
      [
        ['max-minus-one', '2147483647', 'freshness-max-age-max-minus-1'],
        ['max', '2147483648', 'freshness-max-age-max'],
        ['max-plus-one', '2147483649', 'freshness-max-age-max-plus-1'],
        ['max-plus', '99999999999', 'freshness-max-age-max-plus'],
      ] as const
    ).map(([name, seconds, aka]) =>
      reused([['Cache-Control', `max-age=${seconds}`]], {
        name: `max-age-${name}`,
        title: `A max-age of ${seconds} seconds does not overflow into staleness.`,
        reference: rfc(9111, '1.2.2'),
        aka,
      }),
    ),
    outdated(
      [
        ['Cache-Control', 'max-age=3600'],
        ['Age', '7200'],
      ],
      {
        name: 'max-age-age',
        title: 'An answer that arrives with an Age beyond its max-age is stale.',
        reference: rfc(9111, '4.2.3'),
        aka: 'freshness-max-age-age',
      },
      0,
    ),
    outdated(
      [
        ['Date', '{now-7200}'],
        ['Cache-Control', 'max-age=3600'],
      ],
      {
        name: 'max-age-date',
        title: 'An answer whose Date lies further back than its max-age is stale.',
        reference: rfc(9111, '4.2.3'),
        aka: 'freshness-max-age-date',
      },
      0,
    ),
    reused(
      [
        ['Date', '{now-60}'],
        ['Cache-Control', 'max-age=3600'],
      ],
      { name: 'max-age-date-recent', title: 'A Date a minute back takes only that minute from the lifetime.' },
    ),
    reused(
      [
        ['Cache-Control', 'max-age=3600'],
        ['Expires', '{now-7200}'],
      ],
      {
        name: 'max-age-expires-past',
        title: 'max-age counts and not an Expires in the past.',
        reference: rfc(9111, '5.3'),
        aka: 'freshness-max-age-expires',
      },
    ),
    reused(
      [
        ['Cache-Control', 'max-age=3600'],
        ['Expires', '0'],
      ],
      {
        name: 'max-age-expires-invalid',
        title: 'max-age counts and not an Expires that is no date.',
        reference: rfc(9111, '5.3'),
        aka: 'freshness-max-age-expires-invalid',
      },
    ),
    outdated(
      [
        ['Cache-Control', 'max-age=0'],
        ['Expires', '{now+7200}'],
      ],
      {
        name: 'max-age-zero-expires',
        title: 'max-age=0 counts and not an Expires in the future.',
        reference: rfc(9111, '5.3'),
        aka: 'freshness-max-age-0-expires',
      },
      0,
    ),
    outdated(
      [
        ['Cache-Control', 'max-age=1'],
        ['Expires', '{now+7200}'],
      ],
      {
        name: 'max-age-short-expires',
        title: 'A short max-age counts and not a later Expires.',
        reference: rfc(9111, '5.3'),
      },
    ),
    reused([['Cache-Control', 'foobar, max-age=3600']], {
      name: 'extension',
      title: 'A directive that nobody knows changes nothing.',
      reference: rfc(9111, '5.2.3'),
      aka: 'freshness-max-age-extension',
    }),
    reused([['Cache-Control', 'foobar=baz, max-age=3600']], {
      name: 'extension-value',
      title: 'A directive with a value that nobody knows changes nothing.',
      reference: rfc(9111, '5.2.3'),
    }),
    reused([['Cache-Control', 'MaX-aGe=3600']], {
      name: 'case-insensitive',
      title: 'The names of directives are read without regard to case.',
      reference: rfc(9111, '5.2'),
      aka: 'freshness-max-age-case-insenstive',
    }),
    reused(
      [
        ['Cache-Control', 'public'],
        ['Cache-Control', 'max-age=3600'],
      ],
      { name: 'two-lines', title: 'Cache-Control on two lines is one list.', reference: rfc(9110, '5.3') },
    ),
    reused([['Cache-Control', 's-maxage=3600']], {
      name: 's-maxage',
      title: 'A shared cache uses an answer with s-maxage again.',
      reference: sMaxage,
      aka: 'freshness-s-maxage-shared',
      needs: [],
    }),
    outdated([['Cache-Control', 's-maxage=1']], {
      name: 's-maxage-stale',
      title: 'An answer older than its s-maxage is not used without asking the origin.',
      reference: sMaxage,
      needs: shared,
    }),
    outdated([['Cache-Control', 'max-age=3600, s-maxage=1']], {
      name: 's-maxage-shorter',
      title: 'For a shared cache a short s-maxage outranks a long max-age.',
      reference: sMaxage,
      aka: 'freshness-max-age-s-maxage-shared-longer',
      needs: shared,
    }),
    outdated([['Cache-Control', 's-maxage=1, max-age=3600']], {
      name: 's-maxage-shorter-first',
      title: 'A short s-maxage outranks max-age, whichever comes first.',
      reference: sMaxage,
      aka: 'freshness-max-age-s-maxage-shared-longer-reversed',
      needs: shared,
    }),
    outdated(
      [
        ['Cache-Control', 'max-age=3600'],
        ['Cache-Control', 's-maxage=1'],
      ],
      {
        name: 's-maxage-shorter-lines',
        title: 'A short s-maxage outranks max-age on a line of its own too.',
        reference: sMaxage,
        aka: 'freshness-max-age-s-maxage-shared-longer-multiple',
        needs: shared,
      },
    ),
    {
      ...reused([['Cache-Control', 'max-age=1, s-maxage=3600']], {
        name: 's-maxage-longer',
        title: 'For a shared cache a long s-maxage outranks a short max-age.',
        reference: sMaxage,
        aka: 'freshness-max-age-s-maxage-shared-shorter',
        needs: shared,
      }),
      requests: [
        { answer: { fields: [['Cache-Control', 'max-age=1, s-maxage=3600']] } },
        { after: 2.5, expect: { from: 'cache' } },
      ],
    },
    reused(
      [
        ['Cache-Control', 's-maxage=3600'],
        ['Expires', '{now-7200}'],
      ],
      {
        name: 's-maxage-expires-past',
        title: 's-maxage counts and not an Expires in the past.',
        reference: sMaxage,
        needs: shared,
      },
    ),
    reused(
      [
        ['Expires', '{now-10}'],
        ['Cache-Control', 'max-age=0, s-maxage=3600'],
      ],
      {
        name: 's-maxage-expires-past-first',
        title: 's-maxage counts and not max-age=0 or an Expires in the past, whichever comes first.',
        reference: sMaxage,
        aka: 'freshness-max-age-s-maxage-shared-shorter-expires',
        needs: shared,
      },
    ),
  ],
})
