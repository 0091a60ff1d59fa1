import { check, document, rule } from '../../kernel/index.ts'
import type { Difference } from '../manifest/compare.ts'
import type { Attempt, Seen } from '../seen.ts'

const guide = document(
  'NIST SP 800-34 Rev. 1, Contingency Planning Guide',
  'https://csrc.nist.gov/pubs/sp/800/34/r1/upd1/final',
)

interface Differing {
  readonly [key: string]: string | number
  readonly verb: string
  readonly count: number
  readonly entries: number
  readonly some: string
}

export const silentlyWrong = rule({
  id: 'recovery/outcome-silently-wrong',
  level: 'error',
  reference: guide,
  says: ({ verb, count, entries, some }: Differing) =>
    `${verb} said that all went well, and what is there differs from what was there, ${count} times in ${entries} entries: ${some}.`,
  wants: 'A recovery that says it went well has brought back everything as it was.',
  remedy: 'Never believe the exit code: keep a list of checksums with the backup, and compare after each restore.',
})

export const notRecovered = rule({
  id: 'recovery/outcome-not-recovered',
  level: 'error',
  reference: guide,
  says: ({ verb, exitCode, last }: { verb: string; exitCode: number; last: string }) =>
    `${verb} ended with exit code ${exitCode} where recovery was possible: ${last || 'no word why'}.`,
  wants: 'What can be brought back is brought back.',
  remedy: 'Read what it wrote (attachment drill.json), mend the procedure, and run the drill again.',
})

export const hung = rule({
  id: 'recovery/outcome-hung',
  level: 'error',
  reference: guide,
  says: ({ verb, seconds, last }: { verb: string; seconds: number; last: string }) =>
    `${verb} had not ended after ${seconds} s and was stopped; last it wrote: ${last || 'nothing'}.`,
  wants: 'A recovery ends, one way or the other.',
  remedy: 'Give every step a time limit of its own, and let it fail with a message.',
})

export const falseAlarm = rule({
  id: 'recovery/outcome-false-alarm',
  level: 'warning',
  reference: guide,
  says: ({ verb, exitCode, last }: { verb: string; exitCode: number; last: string }) =>
    `${verb} ended with exit code ${exitCode} although everything is there: ${last || 'no word why'}.`,
  wants: 'A recovery that went well says so.',
  remedy: 'An operator at night will run it again, or something worse. Find out what it complains about.',
})

export const leftHalf = rule({
  id: 'recovery/outcome-left-half',
  level: 'warning',
  reference: guide,
  says: ({ verb, some }: { verb: string; some: string }) =>
    `${verb} failed, and left what looks like a result in its place: ${some}.`,
  wants: 'A recovery that failed leaves nothing that could be taken for what was lost.',
  remedy: 'Restore beside the place and rename at the end, or take the half result away when it fails.',
})

export const notKept = rule({
  id: 'recovery/outcome-not-kept',
  level: 'info',
  reference: guide,
  says: ({ facts, count, some }: { facts: string; count: number; some: string }) =>
    `Its tool does not keep ${facts}, which shows ${count} times: ${some}.`,
  wants: 'Nobody counts on what a tool does not keep.',
  remedy: 'Know it, or choose a tool that keeps it.',
})

export const readable = rule({
  id: 'recovery/outcome-readable',
  level: 'error',
  reference: guide,
  says: ({ where }: { where: string }) => `What was saved can be read without its passphrase: ${where}.`,
  wants: 'A backup that is to be encrypted is encrypted.',
  remedy: 'Encrypt before anything leaves the host.',
})

export const notRepeatable = rule({
  id: 'recovery/outcome-not-repeatable',
  level: 'error',
  reference: guide,
  says: ({ what }: { what: string }) => `The second time the result was another one: ${what}.`,
  wants: 'The same procedure gives the same result, however often it is run.',
  remedy: 'Pin versions, and let each step see whether it is done already.',
})

/** What the procedure said, held against what came back. */
export const outcome = check({
  id: 'recovery/outcome',
  rules: [silentlyWrong, notRecovered, hung, falseAlarm, leftHalf, notKept, readable, notRepeatable],
  *run({ attempts, differences: all = [], forgets = [], saved = [], strikes, entries, possible, witnessed }: Seen) {
    const isForgotten = (each: Difference): boolean => each.kind === 'changed' && forgets.includes(each.fact)
    const [differences, forgotten] = [all.filter((each) => !isForgotten(each)), all.filter(isForgotten)]
    if (forgotten.length > 0) {
      yield notKept.at('differences', { facts: forgets.join(', '), count: forgotten.length, some: firstOf(forgotten) })
    }
    const last = attempts.findLast(({ said }) => said !== 'interrupted')
    for (const each of attempts) {
      if (each.said !== 'hung') continue
      yield hung.at(each.verb, { ...told(each), seconds: Math.round(each.durationMs / 1_000) })
    }
    const struck = attempts.findLast(({ verb, said }) => verb === strikes && said !== 'interrupted')
    for (const each of new Set([struck, last])) {
      if (each?.said !== 'done' || differences.length === 0) continue
      const count = new Set(differences.map(({ key }) => key)).size
      yield silentlyWrong.at('differences', { verb: each.verb, count, entries, some: firstOf(differences) })
    }
    // What must be refused is the affair of `recovery/change`.
    if (last?.said === 'failed' && possible !== 'refusal') {
      const came = differences.filter(({ kind }) => kind !== 'missing')
      const saveable = possible === 'recovery' || differences.some(({ key }) => saved.includes(key))
      if (differences.length === 0 && entries > 0) yield falseAlarm.at(last.verb, told(last))
      else if (saveable) yield notRecovered.at(last.verb, told(last))
      // Entries that are neither missing nor changed came back too: half of a tree, or what was to be saved.
      else if (saved.length === 0 && (came.length > 0 || differences.length < entries)) {
        yield leftHalf.at('differences', { verb: last.verb, some: firstOf(came.length > 0 ? came : differences) })
      }
    }
    for (const each of witnessed) {
      if (each.kind === 'readable') yield readable.at('repository', { where: each.where })
      if (each.kind === 'not-repeatable') yield notRepeatable.at('second', { what: each.what })
    }
  },
  examples: [
    { title: 'all came back', given: seen('done'), yields: [] },
    { title: 'a file is absent, and the exit code is 0', given: seen('done', { missing: 1 }), yields: [silentlyWrong] },
    { title: 'it failed where it could have succeeded', given: seen('failed', { missing: 3 }), yields: [notRecovered] },
    { title: 'it failed although all is there', given: seen('failed'), yields: [falseAlarm] },
    { title: 'it never ended', given: seen('hung', { missing: 3 }), yields: [hung] },
    {
      title: 'nothing could be brought back, and it said so',
      given: seen('failed', { missing: 3, possible: 'report' }),
      yields: [],
    },
    {
      title: 'it said so, and left two of three files',
      given: seen('failed', { missing: 1, possible: 'report' }),
      yields: [leftHalf],
    },
    {
      title: 'nothing could be brought back, and it said that all went well',
      given: seen('done', { missing: 3, possible: 'report' }),
      yields: [silentlyWrong],
    },
    {
      title: 'a fact that its tool is known not to keep',
      given: {
        ...seen('done'),
        forgets: ['hard links'],
        differences: [{ kind: 'changed', key: 'a', fact: 'hard links', wanted: '2', found: '1' }],
      },
      yields: [notKept],
    },
    {
      title: 'the backup that could not be made whole said that it was',
      given: { ...seen('failed', { missing: 1, possible: 'report' }), strikes: 'backup', saved: ['file 1'] },
      yields: [silentlyWrong],
    },
    {
      title: 'what could be saved of it was not brought back',
      given: { ...seen('failed', { missing: 2, possible: 'report' }), saved: ['file 1'] },
      yields: [notRecovered],
    },
    {
      title: 'the repository can be read by anybody',
      given: seen('done', { witnessed: [{ kind: 'readable', where: 'file 1' }] }),
      yields: [readable],
    },
    {
      title: 'another result the second time',
      given: seen('done', { witnessed: [{ kind: 'not-repeatable', what: 'curl 8.1 became 8.2' }] }),
      yields: [notRepeatable],
    },
  ],
})

function firstOf(differences: readonly Difference[]): string {
  const shown = differences.slice(0, 3).map((each) => {
    if (each.kind !== 'changed') return `${each.key} is ${each.kind}`
    return `${each.key} has another ${each.fact} (${each.found ?? 'none'}, not ${each.wanted ?? 'none'})`
  })
  return differences.length > 3 ? `${shown.join('; ')}; ...` : shown.join('; ')
}

/** The last line of its output says most often why. */
function told({ verb, exitCode, output }: Attempt): { verb: string; exitCode: number; last: string } {
  return { verb, exitCode, last: (output.trim().split('\n').at(-1) ?? '').trim().slice(0, 200) }
}

function seen(
  said: Attempt['said'],
  {
    missing = 0,
    possible = 'recovery',
    witnessed = [],
  }: { missing?: number; possible?: Seen['possible']; witnessed?: Seen['witnessed'] } = {},
): Seen {
  const exitCode = said === 'done' ? 0 : 1
  return {
    drill: 'files-restored',
    procedure: 'duplicity',
    possible,
    attempts: [
      { verb: 'backup', said: 'done', exitCode: 0, durationMs: 900, output: '' },
      { verb: 'restore', said, exitCode, durationMs: 1_200, output: 'reading\nno space left\n' },
    ],
    differences: Array.from({ length: missing }, (_, index) => ({ kind: 'missing', key: `file ${index}` })),
    entries: 3,
    recoveryMs: said === 'done' && missing === 0 ? 1_500 : undefined,
    witnessed,
  }
}
