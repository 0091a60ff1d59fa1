import { check, document, rule } from '../../kernel/index.ts'
import type { Difference } from '../manifest/compare.ts'
import type { Attempt, Seen } from '../seen.ts'

const guide = document(
  'Site Reliability Engineering, chapter 8, Release Engineering',
  'https://sre.google/sre-book/release-engineering/',
)

export const changeNotUndone = rule({
  id: 'recovery/change-not-undone',
  level: 'error',
  reference: guide,
  says: ({ verb, some }: { verb: string; some: string }) =>
    `${verb} failed, and did not leave things as they were: ${some}.`,
  wants: 'A change that fails is undone by whatever made it.',
  remedy: 'Keep what was there, and put it back from a trap on EXIT, whichever line fails.',
})

export const changeUntold = rule({
  id: 'recovery/change-untold',
  level: 'error',
  reference: guide,
  says: ({ verb }: { verb: string }) => `${verb} could not be done, and ended with exit code 0.`,
  wants: 'What was not done is told.',
  remedy: 'End with an exit code that is not 0, and one line that says why.',
})

export const changeNotResumed = rule({
  id: 'recovery/change-not-resumed',
  level: 'error',
  reference: guide,
  says: ({ step, what }: { step: string; what: string }) =>
    `Killed before ${step} and run again, it did not end as it should: ${what}.`,
  wants: 'A script that was killed anywhere can be run again, and ends as if nothing had been.',
  remedy: 'Let each step see what is done already, and never overwrite what is kept with what is new.',
})

export const changeNeedless = rule({
  id: 'recovery/change-needless',
  level: 'error',
  reference: guide,
  says: ({ what }: { what: string }) => `It was done although nothing could be done, or nothing was to do: ${what}.`,
  wants: 'Whether there is something to do, and whether it can be done, is known before anything is touched.',
  remedy: 'Look first: at checksums, at the room on the disks, at what is there already.',
})

/** A change to a host: undone when it fails, finished when it is run again, nothing when nothing is to do. */
export const change = check({
  id: 'recovery/change',
  rules: [changeNotUndone, changeUntold, changeNotResumed, changeNeedless],
  *run({ attempts, differences = [], possible, witnessed }: Seen) {
    const last = attempts.findLast(({ said }) => said !== 'interrupted')
    if (possible === 'refusal' && last !== undefined) {
      if (last.said === 'done') yield changeUntold.at(last.verb, { verb: last.verb })
      else if (differences.length > 0) {
        yield changeNotUndone.at('differences', { verb: last.verb, some: told(differences) })
      }
    }
    for (const each of witnessed) {
      if (each.kind === 'not-resumed') yield changeNotResumed.at('steps', { step: each.step, what: each.what })
      if (each.kind === 'touched') yield changeNeedless.at('service', { what: each.what })
    }
  },
  examples: [
    { title: 'refused, and all is as it was', given: seen('failed'), yields: [] },
    { title: 'done where it could be done', given: { ...seen('done'), possible: 'recovery' }, yields: [] },
    {
      title: 'it failed, and traffic stays blocked',
      given: {
        ...seen('failed'),
        differences: [{ kind: 'changed', key: 'traffic', fact: 'blocked', wanted: 'no', found: 'yes' }],
      },
      yields: [changeNotUndone],
    },
    { title: 'it could not be done, and said that it was', given: seen('done'), yields: [changeUntold] },
    {
      title: 'run again after it was killed, it fails',
      given: { ...seen('failed'), witnessed: [{ kind: 'not-resumed', step: 'step 3', what: 'mkdir: File exists' }] },
      yields: [changeNotResumed],
    },
    {
      title: 'traffic was blocked for what was refused anyway',
      given: { ...seen('failed'), witnessed: [{ kind: 'touched', what: 'clients were sent away 12 times' }] },
      yields: [changeNeedless],
    },
  ],
})

/** The first of them, as one sentence has room for. */
export function told(differences: readonly Difference[]): string {
  const shown = differences.slice(0, 3).map((each) => {
    if (each.kind !== 'changed') return `${each.key} is ${each.kind}`
    return `${each.fact} of ${each.key} is ${short(each.found)}, not ${short(each.wanted)}`
  })
  return differences.length > 3 ? `${shown.join('; ')}; ...` : shown.join('; ')
}

/** A checksum is told by its beginning. */
function short(value = 'none'): string {
  return /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 8)}...` : value
}

function seen(said: Attempt['said']): Seen {
  return {
    drill: 'artifact-broken',
    procedure: 'upgrade-checked',
    possible: 'refusal',
    attempts: [{ verb: 'upgrade', said, exitCode: said === 'done' ? 0 : 1, durationMs: 900, output: '' }],
    differences: [],
    entries: 4,
    recoveryMs: undefined,
    witnessed: [],
  }
}
