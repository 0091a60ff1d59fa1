import { check, document, rule } from '../../kernel/index.ts'
import type { DateClass } from '../time/moments.ts'
import { dateClasses } from '../time/moments.ts'
import type { DatedRun, DatesSeen } from '../time/seen.ts'
import { succeeded } from '../time/seen.ts'
import { shapeOf } from '../time/shape.ts'
import { dated } from '../time/testing/dated.ts'

const leapDayOutage = document(
  'Summary of the Windows Azure service disruption on 29 February 2012',
  'https://azure.microsoft.com/en-us/blog/summary-of-windows-azure-service-disruption-on-feb-29th-2012/',
)

type On = { dates: string; occasion: string; how: string }

export const datesFatal = rule({
  id: 'boot/dates-fatal',
  level: 'error',
  reference: leapDayOutage,
  says: ({ dates, occasion, how }: On) => `On ${dates} (${occasion}) it fails: ${how}. On an ordinary day it works.`,
  wants: 'What starts on an ordinary day starts on every day.',
  remedy:
    'Add days, or take the last day of the month where the same day does not exist; reckon in UTC and in 64 bits; renew certificates before they end.',
})

export const datesHanging = rule({
  id: 'boot/dates-hanging',
  level: 'error',
  reference: leapDayOutage,
  says: ({ dates, occasion, how }: On) => `On ${dates} (${occasion}) it hangs: ${how}. On an ordinary day it ends.`,
  wants: 'What ends on an ordinary day ends on every day.',
  remedy: 'Look for a loop that waits for a date which never comes, such as day 365 of a year of 366.',
})

export const datesWrong = rule({
  id: 'boot/dates-wrong',
  level: 'error',
  reference: leapDayOutage,
  says: ({ dates, occasion, how }: On) => `On ${dates} (${occasion}) it says that all went well, and ${how}.`,
  wants: 'An answer that is right on an ordinary day is right on every day.',
  remedy:
    'setMonth, mktime and GNU date roll over into the next month without a word: take the last day of the month instead.',
})

export const datesTrusting = rule({
  id: 'boot/dates-trusting',
  level: 'error',
  reference: document('RFC 5280 section 6.1.3', 'https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3'),
  says: ({ dates, certificate }: { dates: string; certificate: string }) =>
    `On ${dates} it still takes ${certificate}, which has ended by then.`,
  wants: 'A certificate is refused once it has ended.',
  remedy: 'Verify certificates, with the time of the host.',
})

export const datesUnlike = rule({
  id: 'boot/dates-unlike',
  level: 'warning',
  reference: leapDayOutage,
  says: ({ dates, occasion, how }: On) =>
    `On ${dates} (${occasion}) it behaves otherwise than on ordinary days: ${how}.`,
  wants: 'It does the same on every day, but for the dates that it prints.',
  remedy: 'Look what it does there; when that is right, say so by what it must print on every date.',
})

/** A sweep of dates: one finding a class and a trouble, with all its dates. */
export const dates = check({
  id: 'boot/dates',
  rules: [datesFatal, datesHanging, datesWrong, datesTrusting, datesUnlike],
  *run({ controls, runs }: DatesSeen) {
    const told = runs.filter(({ overtaken }) => !overtaken)
    const usual = sharedShape(controls)
    for (const [dateClass, of] of byClass(told)) {
      const occasion = dateClasses[dateClass]
      const at = (those: readonly DatedRun[]): Omit<On, 'how'> => ({ dates: listOf(those), occasion })
      const hanging = of.filter(({ end }) => end === 'hung')
      const failing = of.filter((run) => run.end !== 'hung' && !succeeded(run) && !run.mustFail)
      const trusting = of.filter((run) => run.mustFail && succeeded(run))
      const [wrong, unlike] = [of.filter((run) => lie(run) !== undefined), of.filter((run) => isUnlike(run, usual))]
      if (failing[0] !== undefined) yield datesFatal.at(dateClass, { ...at(failing), how: failure(failing[0]) })
      if (hanging[0] !== undefined) {
        yield datesHanging.at(dateClass, { ...at(hanging), how: `no end after ${hanging[0].lastedMs} ms` })
      }
      if (wrong[0] !== undefined) yield datesWrong.at(dateClass, { ...at(wrong), how: lie(wrong[0]) ?? '' })
      if (trusting[0] !== undefined) {
        const { certificate = 'the certificate' } = trusting[0]
        yield datesTrusting.at(dateClass, { dates: listOf(trusting), certificate })
      }
      if (unlike[0] !== undefined) yield datesUnlike.at(dateClass, { ...at(unlike), how: otherwise(unlike[0]) })
    }
  },
  examples: [
    { title: 'the same on every date', given: dated({ runs: [{ at: '2024-02-29T12:00:00Z' }] }), yields: [] },
    {
      title: 'fails on leap day',
      given: dated({ runs: [{ at: '2024-02-29T12:00:00Z', exitCode: 1, stderr: 'end date is invalid' }] }),
      yields: [datesFatal],
    },
    {
      title: 'fails from 2038 on, which is one trouble whatever the day',
      given: dated({
        runs: [
          { at: '2038-01-19T03:14:09Z', dateClass: 'year-2038', exitCode: 1 },
          { at: '2100-02-28T12:00:00Z', dateClass: 'february-end', exitCode: 1 },
        ],
      }),
      yields: [datesFatal],
    },
    {
      title: 'hangs on the last day of a leap year',
      given: dated({ runs: [{ at: '2024-12-31T12:00:00Z', dateClass: 'year-end', end: 'hung', exitCode: 124 }] }),
      yields: [datesHanging],
    },
    {
      title: 'rolls over to 1 March',
      given: dated({
        runs: [{ at: '2024-02-29T12:00:00Z', answer: { given: '2025-03-01', right: ['2025-02-28'] } }],
      }),
      yields: [datesWrong],
    },
    {
      title: 'the last of February',
      given: dated({
        runs: [{ at: '2024-02-29T12:00:00Z', answer: { given: '2025-02-28', right: ['2025-02-28'] } }],
      }),
      yields: [],
    },
    {
      title: 'ends well and does not print what it must',
      given: dated({ runs: [{ at: '2024-02-29T12:00:00Z', unprinted: '^renewed$' }] }),
      yields: [datesWrong],
    },
    {
      title: 'takes a certificate that has ended, and must not',
      given: dated({
        runs: [{ at: '2027-06-15T12:00:01Z', dateClass: 'expiry', mustFail: true, certificate: '/a.crt' }],
      }),
      yields: [datesTrusting],
    },
    {
      title: 'refuses a certificate that has ended, as it must',
      given: dated({ runs: [{ at: '2027-06-15T12:00:01Z', dateClass: 'expiry', mustFail: true, exitCode: 1 }] }),
      yields: [],
    },
    {
      title: 'took longer than the second that was left before a turn',
      given: dated({ runs: [{ at: '2027-06-15T11:59:59Z', dateClass: 'expiry', exitCode: 1, overtaken: true }] }),
      yields: [],
    },
    {
      title: 'says something else',
      given: dated({ runs: [{ at: '2024-03-31T01:00:00Z', dateClass: 'dst-gap', stdout: 'no such time, skipped\n' }] }),
      yields: [datesUnlike],
    },
    {
      title: 'says something else every time, also on ordinary days',
      given: dated({
        controls: [
          { at: '2023-05-17T12:00:00Z', stdout: 'apple\n' },
          { at: '2026-09-09T12:00:00Z', stdout: 'pear\n' },
        ],
        runs: [{ at: '2024-02-29T12:00:00Z', stdout: 'plum\n' }],
      }),
      yields: [],
    },
  ],
})

/**
 * Runs by the class that they tell of. What fails for good from a turn on (a certificate ended, 32 bits were used up)
 * tells of that turn on every later date too.
 */
function byClass(runs: readonly DatedRun[]): ReadonlyMap<DateClass, readonly DatedRun[]> {
  const turn = runs
    .filter((run) => ['expiry', 'year-2038'].includes(run.dateClass) && !run.mustFail && !succeeded(run))
    .toSorted((a, b) => a.at - b.at)[0]
  return Map.groupBy(runs, (run) =>
    turn !== undefined && run.at > turn.at && !succeeded(run) && !run.mustFail ? turn.dateClass : run.dateClass,
  )
}

/** Every date, in order, its times behind it. */
function listOf(runs: readonly DatedRun[]): string {
  const days = Map.groupBy(runs, ({ shown }) => shown.slice(0, 10))
  return [...days]
    .map(([day, of]) => `${day} at ${of.map(({ shown }) => shown.slice(11).replace(' +0000', '')).join(', ')}`)
    .join('; ')
}

function failure({ exitCode, stdout, stderr }: DatedRun): string {
  return `exit code ${exitCode}, ${lastLine(stderr) ?? lastLine(stdout) ?? 'without a word'}`
}

/** What a command that says that all went well did not do. */
function lie(run: DatedRun): string | undefined {
  if (!succeeded(run) || run.mustFail) return undefined
  const { unprinted, answer } = run
  if (answer !== undefined && !(answer.given !== undefined && answer.right.includes(answer.given)))
    return `answers ${answer.given ?? 'no date'} where ${answer.right.join(' or ')} is right`
  return unprinted === undefined ? undefined : `prints nothing that matches ${unprinted}`
}

/** The shape of what it prints on ordinary days; undefined when that is never the same, so that nothing can be compared. */
function sharedShape(controls: readonly DatedRun[]): string | undefined {
  const shapes = new Set(controls.map(shapeOf))
  return shapes.size === 1 && controls.length > 1 ? [...shapes][0] : undefined
}

function isUnlike(run: DatedRun, usual: string | undefined): boolean {
  const judged = !succeeded(run) || run.mustFail || lie(run) !== undefined
  return usual !== undefined && !judged && shapeOf(run) !== usual
}

function otherwise({ stdout, stderr }: DatedRun): string {
  return `it says "${lastLine(stdout) ?? lastLine(stderr) ?? ''}"`
}

function lastLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '')
    ?.slice(0, 200)
}
