import { rule } from '../../kernel/index.ts'
import { known, notTold } from '../live/live-host.ts'
import { bootup } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const answerSameFailed = rule({
  id: 'boot/answer-same-failed',
  level: 'error',
  reference: bootup,
  says: ({ command, exitCode, output }: { command: string; exitCode: number; output: string }) =>
    `After the boot "${command}" ended with ${exitCode}: ${output}`,
  wants: 'A command that is declared to answer does so after a boot.',
  remedy: 'Run it by hand, and look at the journal of the service that it asks.',
})

export const answerSameChanged = rule({
  id: 'boot/answer-same-changed',
  level: 'error',
  reference: bootup,
  says: ({ command, before, after }: { command: string; before: string; after: string }) =>
    `"${command}" answered ${before} before the boot, and ${after} afterwards.`,
  wants: 'A service knows after a boot what it knew before.',
  remedy: 'Look on which folder the service works now: a copy from an earlier time, or an empty one, starts as well.',
})

export const answerSameOther = rule({
  id: 'boot/answer-same-other',
  level: 'error',
  reference: bootup,
  says: ({ command, prints, after }: { command: string; prints: string; after: string }) =>
    `After the boot "${command}" answers ${after}, and ${prints} is declared.`,
  wants: 'A command answers after a boot what is declared.',
  remedy: 'Look what the host lacks, or declare what it answers now.',
})

const inQuotes = (output: string): string => `"${output.slice(0, 200)}"`

/** Declared commands answer after the boot, and say the same as before. */
export const answerSame = liveCheck({
  id: 'boot/answer-same',
  rules: [answerSameFailed, answerSameChanged, answerSameOther],
  applies: ({ declared }) => declared.answers.length > 0,
  *run(given) {
    for (const { command, prints } of given.declared.answers) {
      const now = known(hostAfter(given).answers, 'what commands answer').find((each) => each.command === command)
      if (now === undefined) throw notTold(`what "${command}" answers`, 'it was not asked')
      const { exitCode, output, sum } = now
      if (exitCode !== 0) yield answerSameFailed.at(command, { command, exitCode, output: inQuotes(output) })
      else if (prints !== undefined) {
        if (output !== prints.trim()) {
          yield answerSameOther.at(command, { command, prints: inQuotes(prints.trim()), after: inQuotes(output) })
        }
      } else {
        if (given.before === undefined) throw notTold(`what "${command}" answered`, 'nobody looked before the boot')
        const before = known(given.before.answers, 'what commands answered').find((each) => each.command === command)
        if (before?.exitCode !== 0) throw notTold(`whether "${command}" answers the same`, 'it failed before the boot')
        if (before.sum !== sum) {
          yield answerSameChanged.at(command, { command, before: inQuotes(before.output), after: inQuotes(output) })
        }
      }
    }
  },
  examples: [
    {
      title: 'as many rows as before',
      given: lived({ declared: { answers: [{ command: 'count' }] }, after: { answers: [answered('100')] } }),
      yields: [],
    },
    {
      title: 'what is declared, and nobody looked before',
      given: lived({
        declared: { answers: [{ command: 'count', prints: '100\n' }] },
        before: null,
        after: { answers: [answered('100')] },
      }),
      yields: [],
    },
    {
      title: 'the database does not run',
      given: lived({
        declared: { answers: [{ command: 'count' }] },
        before: { answers: [answered('100')] },
        after: { answers: [answered("Can't connect", 1)] },
      }),
      yields: [answerSameFailed],
    },
    {
      title: 'rows are missing',
      given: lived({
        declared: { answers: [{ command: 'count' }] },
        before: { answers: [answered('100')] },
        after: { answers: [answered('80')] },
      }),
      yields: [answerSameChanged],
    },
    {
      title: 'something else than declared',
      given: lived({
        declared: { answers: [{ command: 'count', prints: '100' }] },
        after: { answers: [answered('80')] },
      }),
      yields: [answerSameOther],
    },
  ],
})

function answered(output: string, exitCode = 0): { command: string; exitCode: number; output: string; sum: string } {
  return { command: 'count', exitCode, output, sum: `sum of ${output}` }
}
