import { check, rule } from '../../kernel/index.ts'
import { darkLaunching } from '../references.ts'
import type { MirrorSeen } from '../seen.ts'
import { seeing } from '../testing/seeing.ts'

type Evidence = {
  readonly count: number
  readonly of: number
  readonly why: string
  readonly curl: string
}

export const answeredNot = rule({
  id: 'mirror/answered-not',
  level: 'error',
  reference: darkLaunching,
  says: ({ count, of, why }: Evidence) =>
    `The candidate gave no answer to ${count} of ${of} requests that the primary answered: ${why}.`,
  wants: 'The candidate answers whatever the primary answers.',
  remedy: 'Ask it with the curl line and look at its log; if it is only slow, give it a longer --deadline.',
})

/** Whether the candidate answers at all. */
export const answered = check({
  id: 'mirror/answered',
  rules: [answeredNot],
  *run({ unanswered, pairs }: MirrorSeen) {
    const all = unanswered.reduce((sum, { count }) => sum + count, pairs)
    for (const each of unanswered) yield answeredNot.at('candidate', { ...each, of: all })
  },
  examples: [
    { title: 'each request', given: seeing(), yields: [] },
    {
      title: 'some were refused, some came too late',
      given: seeing({
        unanswered: [
          { why: 'connect ECONNREFUSED', count: 3, curl: 'curl -i http://127.0.0.1:8081/' },
          { why: 'no whole answer in 10000 ms', count: 1, curl: 'curl -i http://127.0.0.1:8081/slow' },
        ],
      }),
      yields: [answeredNot, answeredNot],
    },
  ],
})
