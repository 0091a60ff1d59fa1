import { check, document, rule } from '../kernel/index.ts'
import type { End } from './run-process.ts'
import type { Broken, Things } from './second-look.ts'

const retries = document(
  'Making retries safe with idempotent APIs (The Amazon Builders Library)',
  'https://aws.amazon.com/builders-library/making-retries-safe-with-idempotent-APIs/',
)
const timeouts = document(
  'Timeouts, retries, and backoff with jitter (The Amazon Builders Library)',
  'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
)

const lied = rule({
  id: 'provisioning/outcome-lied',
  level: 'error',
  reference: retries,
  says: (e: { while: string; promise: string; saw: string; wanted: string }) =>
    `${e.while}: exit code 0, yet the promise "${e.promise}" is broken. Wanted ${e.wanted}, saw ${e.saw}`,
  wants: 'A job that ends with 0 has kept every promise; one that could not says so.',
  remedy:
    'End with an error when a step did not do its work (set -euo pipefail, curl --fail, a look at what came of it), and repeat only what cannot be done twice (a client token, or a look first).',
})

const survived = rule({
  id: 'provisioning/outcome-survived',
  level: 'good',
  reference: retries,
  says: (e: { while: string; promises: number }) =>
    `${e.while}: exit code 0, and ${e.promises === 1 ? 'the promise is' : `all ${e.promises} promises are`} kept.`,
  wants: 'A job gets through, or says that it did not.',
  remedy: 'Nothing to do.',
})

const loud = rule({
  id: 'provisioning/outcome-loud',
  level: 'info',
  reference: timeouts,
  says: (e: { while: string; code: number; words: string }) => `${e.while}: ${failure(e)}`,
  wants: 'A job gets through, or says that it did not.',
  remedy: 'Nothing must be done; where the trouble is a passing one, a retry with a pause would get it through.',
})

const leftBehind = rule({
  id: 'provisioning/outcome-left-behind',
  level: 'warning',
  reference: timeouts,
  says: (e: { while: string; left: string }) => `${e.while}: the job did not do its work, and left behind ${e.left}.`,
  wants: 'A job that gives up takes away what it made, or says what is left.',
  remedy: 'Undo on failure (trap in a shell, finally in a program), or make the next run find and use what is there.',
})

const surplus = rule({
  id: 'provisioning/outcome-surplus',
  level: 'warning',
  reference: retries,
  says: (e: { while: string; more: string }) =>
    `${e.while}: exit code 0, and there is more than with nothing wrong: ${e.more} too many.`,
  wants: 'A retry makes nothing twice.',
  remedy:
    'Send a client token where the operation takes one; where it takes none, look for what the lost call made before making another.',
})

const hung = rule({
  id: 'provisioning/outcome-hung',
  level: 'warning',
  reference: timeouts,
  says: (e: { while: string; seconds: number; words: string }) =>
    `${e.while}: still running after ${e.seconds} s${e.words === '' ? '.' : `; it last said: ${e.words}`}`,
  wants: 'A job comes to an end of its own, whatever the cloud does.',
  remedy: 'Give every request a time limit (curl --max-time, requestTimeout) and every wait a deadline.',
})

const unable = rule({
  id: 'provisioning/outcome-unable',
  level: 'error',
  reference: timeouts,
  says: (e: { code: number; words: string }) => `With nothing wrong the job fails: ${failure(e)}`,
  wants: 'Without any fault the job does its work.',
  remedy: 'Mend the job, or what the configuration gives it: seed, environment, files.',
})

function failure({ code, words }: { readonly code: number; readonly words: string }): string {
  return words === '' ? `exit code ${code}.` : `exit code ${code}, and it said: ${words}`
}

/** What is known of one run of a job. */
export interface Tried {
  /** What was wrong; undefined: nothing. */
  readonly fault: { readonly name: string; readonly says: string } | undefined
  readonly end: Exclude<End, { readonly kind: 'absent' }>
  readonly stderr: string
  readonly broken: readonly Broken[]
  readonly promises: number
  readonly left: readonly Things[]
  /** What it left beyond what it leaves in calm weather. */
  readonly more: readonly { readonly what: string; readonly number: number }[]
}

/** Survived, failed loudly, lied or hung: the four ends of a job that has met with trouble. */
export const outcome = check({
  id: 'provisioning/outcome',
  rules: [lied, survived, loud, leftBehind, surplus, hung, unable],
  *run(tried: Tried) {
    const { fault, end, broken, promises, left, more } = tried
    const weather = fault === undefined ? 'With nothing wrong' : `While ${fault.says}`
    const words = lastWords(tried.stderr)
    const gaveUp = end.kind === 'hung' || end.code !== 0
    if (end.kind === 'hung') yield hung.at('', { while: weather, seconds: end.afterMs / 1_000, words })
    else if (gaveUp && fault === undefined) yield unable.at('', { code: end.code, words })
    else if (gaveUp) yield loud.at('', { while: weather, code: end.code, words })
    else if (broken.length > 0) {
      for (const { says, saw, wanted } of broken) yield lied.at(says, { while: weather, promise: says, saw, wanted })
    }
    // Calm weather is what the others are compared with: that a job gets through it is no news.
    else if (fault !== undefined) yield survived.at('', { while: weather, promises })
    if (gaveUp && left.length > 0) yield leftBehind.at('', { while: weather, left: listOf(left) })
    if (!gaveUp && broken.length === 0 && more.length > 0) {
      yield surplus.at('', { while: weather, more: more.map(({ what, number }) => numbered(number, what)).join(', ') })
    }
  },
  examples: [
    { title: 'a job that does its work with nothing wrong', given: example({}), yields: [] },
    { title: 'a job that does its work all the same', given: example({ fault: 'reset' }), yields: [survived] },
    { title: 'a job that fails with nothing wrong', given: example({ code: 2 }), yields: [unable] },
    { title: 'a job that fails and left nothing', given: example({ fault: 'reset', code: 1 }), yields: [loud] },
    {
      title: 'a job that fails and left a volume',
      given: example({ fault: 'reset', code: 1, left: [{ what: 'volume', ids: ['vol-1 in us-east-1'] }] }),
      yields: [loud, leftBehind],
    },
    {
      title: 'a job that says that all is well, and a promise is broken',
      given: example({ fault: 'reset', broken: [{ says: 'one volume', wanted: '1 match', saw: '2 matches' }] }),
      yields: [lied],
    },
    {
      title: 'a job that keeps its promises and made something twice',
      given: example({ fault: 'answer-lost', more: [{ what: 'address', number: 1 }] }),
      yields: [survived, surplus],
    },
    {
      title: 'a job that goes on for ever',
      given: { ...example({}), end: { kind: 'hung', afterMs: 5_000 } },
      yields: [hung],
    },
  ],
})

function example(seen: {
  fault?: string
  code?: number
  left?: readonly Things[]
  broken?: readonly Broken[]
  more?: Tried['more']
}): Tried {
  const { fault, code = 0, left = [], broken = [], more = [] } = seen
  return {
    fault: fault === undefined ? undefined : { name: fault, says: 'a request is cut off' },
    end: { kind: 'exit', code },
    stderr: '',
    broken,
    promises: 2,
    left,
    more,
  }
}

/** The line that tells what went wrong: the last that speaks of it, else the last that says something. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim())
  const line = lines.findLast((each) => trouble.test(each)) ?? lines.findLast((each) => each !== '') ?? ''
  return line.length > 200 ? `${line.slice(0, 200)}...` : line
}

/** `InternalError: ...`, `curl: (22) ...`, `deployment failed`; no line of a stack trace and no field of an object. */
const trouble = /^(?!at )(?=.*\b(?:\w*error|curl|fatal|failed|refused|no)\b)(?!['\w$]+: ['{\d]).*\s/i

function listOf(things: readonly Things[]): string {
  return things
    .map(
      ({ what, ids }) =>
        `${numbered(ids.length, what)} (${ids.slice(0, 4).join(', ')}${ids.length > 4 ? ', ...' : ''})`,
    )
    .join(', ')
}

function numbered(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : /[sx]$/.test(what) ? 'es' : 's'}`
}
