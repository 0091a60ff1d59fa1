import { check, rule } from '../../kernel/index.ts'
import { darkLaunching } from '../references.ts'
import type { MirrorSeen, ReplaySeen } from '../seen.ts'
import { seeing } from '../testing/seeing.ts'

/** Milliseconds by which the middle request may go out late. */
const lateMs = 100

type Unread = { readonly count: number; readonly format: string; readonly where: string; readonly why: string }

export const replayedUnread = rule({
  id: 'mirror/replayed-unread',
  level: 'warning',
  reference: darkLaunching,
  says: ({ count, format, where, why }: Unread) =>
    `${count} ${count === 1 ? 'part' : 'parts'} of the file could not be read as ${format}, the first at ${where}: ${why}.`,
  wants: 'Everything that was recorded is played.',
  remedy: 'Look at the places; if the log has another format, say it with --log-format.',
})

export const replayedLacks = rule({
  id: 'mirror/replayed-lacks',
  level: 'info',
  reference: darkLaunching,
  says: ({ format, lacks }: { readonly format: string; readonly lacks: readonly string[] }) =>
    `The file is ${format} and holds no ${lacks.join(', no ')}: what depends on them was not tried.`,
  wants: 'What users send is played as they sent it.',
  remedy: 'Record with seatrial mirror --out, which keeps whole requests.',
})

export const replayedStripped = rule({
  id: 'mirror/replayed-stripped',
  level: 'info',
  reference: darkLaunching,
  says: ({ stripped, sent }: { readonly stripped: number; readonly sent: number }) =>
    `${stripped} of ${sent} requests were sent without fields whose secrets are hidden in the file, as if nobody had logged in.`,
  wants: 'What users send is played as they sent it.',
  remedy: 'Record with --keep-secrets, where the file is kept as safe as they are.',
})

export const replayedLate = rule({
  id: 'mirror/replayed-late',
  level: 'warning',
  reference: darkLaunching,
  says: ({ p50, max }: { readonly p50: number; readonly max: number }) =>
    `Requests went out ${p50} ms late in the middle and ${max} ms at most: the pace of the file was not kept.`,
  wants: 'Requests come at the pace at which users sent them.',
  remedy: 'Allow more --connections, play it slower, or give this machine less to do.',
})

/** Whether a file was played as it was recorded. */
export const replayed = check({
  id: 'mirror/replayed',
  rules: [replayedUnread, replayedLacks, replayedStripped, replayedLate],
  *run({ replay }: MirrorSeen) {
    if (replay === undefined) return
    const { file, format, lacks, unread, stripped, sent, late } = replay
    const [first] = unread.first
    if (first !== undefined) yield replayedUnread.at(file, { count: unread.count, format, ...first })
    if (lacks.length > 0) yield replayedLacks.at(file, { format, lacks })
    if (stripped > 0) yield replayedStripped.at(file, { stripped, sent })
    if (late !== undefined && late.p50 > lateMs) yield replayedLate.at(file, late)
  },
  examples: [
    { title: 'users, and no file', given: seeing(), yields: [] },
    { title: 'all of it, in time', given: seeing({ replay: replaying({}) }), yields: [] },
    {
      title: 'lines in another format',
      given: seeing({
        replay: replaying({ unread: { count: 2, first: [{ where: 'line 3', why: 'it is no JSON' }] } }),
      }),
      yields: [replayedUnread],
    },
    {
      title: 'a log, which has no contents',
      given: seeing({ replay: replaying({ lacks: ['contents of requests'] }) }),
      yields: [replayedLacks],
    },
    {
      title: 'without what was secret',
      given: seeing({ replay: replaying({ stripped: 7 }) }),
      yields: [replayedStripped],
    },
    {
      title: 'too slowly',
      given: seeing({ replay: replaying({ late: { p50: 250, max: 4_000 } }) }),
      yields: [replayedLate],
    },
  ],
})

function replaying(given: Partial<ReplaySeen>): ReplaySeen {
  return {
    file: 'record.jsonl',
    format: 'a record of seatrial mirror',
    lacks: [],
    unread: { count: 0, first: [] },
    stripped: 0,
    outOfOrder: 0,
    ofWholeSeconds: 0,
    withRecorded: false,
    sent: 1_000,
    heldBack: 0,
    late: { p50: 0.3, max: 9 },
    interrupted: false,
    ...given,
  }
}
