import { systemClock } from '../kernel/index.ts'
import type { Counts, Unplayed } from './copies/ledger.ts'
import type { CoreOptions } from './open-core.ts'
import { demandOnce } from './once.ts'
import { openCore, poolOf } from './open-core.ts'
import { askPrimary, tellRecorded } from './replay/ask-primary.ts'
import { inOrder } from './replay/in-order.ts'
import { openTraffic } from './replay/open-file.ts'
import { play } from './replay/play.ts'
import type { Entry, Given, Recorded } from './replay/traffic.ts'
import type { MirrorSeen, ReplaySeen } from './seen.ts'

export interface ReplayOptions extends Omit<CoreOptions, 'timed' | 'askAgain'> {
  /** The path of a file of recorded traffic. */
  readonly file: string
  readonly given: Given
  /** Asked for each request; without it the answers of the file are compared with. */
  readonly primary?: URL
  /** Whether differences may be asked once more. */
  readonly askAgain: boolean
  /** How much faster than it was: 1 keeps all pauses, infinity keeps none. */
  readonly speed: number
  /** Whose requests keep their order: those of a connection (of an address, where no connections are known), or nobody's. */
  readonly order: 'connection' | 'address' | 'none'
  /** Requests under way at once, each on a connection of its own. */
  readonly connections: number
  /** Ends it; what was played until then is judged. */
  readonly signal: AbortSignal
}

/** A file that is about to be played. */
export interface Replay {
  /** What people call the format of the file. */
  readonly format: string
  readonly counts: () => Counts
  /** Plays it to its end. */
  readonly run: () => Promise<MirrorSeen>
}

/** Parts of a file that could not be read and are told one by one. */
const unreadTold = 20
/** Requests that are kept back to be put in order, and bytes of them. */
const [mostKept, mostKeptBytes] = [10_000, 64 * 2 ** 20]

/**
 * Plays recorded traffic against a primary and a candidate, which are compared as behind a mirror.
 *
 * @throws UsageError for a file that cannot be read
 */
export async function openReplay(options: ReplayOptions): Promise<Replay> {
  const { file, given, primary, askAgain, speed, order, connections, signal, ...comparing } = options
  const { clock = systemClock } = options
  if (primary !== undefined) demandOnce({ ...comparing, primary })
  const { reader, entries } = await openTraffic(file, given)
  // Whoever sets the pace drops nothing: a copy holds two connections, and one that was given up a little longer.
  const limits = { ...options.limits, inFlight: 4 * connections }
  const core = await openCore({
    ...comparing,
    limits,
    timed: primary !== undefined,
    ...(askAgain && primary !== undefined && { askAgain: primary }),
  })
  const pool = primary && poolOf(primary, limits)
  const seen = { first: [] as { where: string; why: string }[], unread: 0, stripped: 0, outOfOrder: 0, wholeSeconds: 0 }

  const left = (why: Unplayed): void => core.leftOut(`not played: ${why}`)
  const send = async ({ asked, body, address = '', answer, isStripped }: Recorded): Promise<void> => {
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    const copy = core.copyOf(asked, address, () => ({ ended: () => resolve() }))
    if (copy === undefined) return
    if (isStripped === true) seen.stripped++
    if (pool !== undefined) await askPrimary(pool, { asked, body, copy }, limits.deadlineMs)
    else if (typeof answer !== 'string') tellRecorded({ asked, body, copy }, answer)
    await ended
  }
  const playable = async function* (): AsyncGenerator<Recorded> {
    for await (const entry of entries()) {
      if (signal.aborted) return
      const why = whyNot(entry, pool !== undefined)
      if (entry.is === 'unread') {
        seen.unread++
        if (seen.first.length < unreadTold) seen.first.push({ where: entry.where, why: entry.why })
      } else if (why !== undefined) left(why)
      else {
        if (entry.grain > 1) seen.wholeSeconds++
        yield entry
      }
    }
  }
  const told = (): Pick<ReplaySeen, 'unread' | 'stripped' | 'outOfOrder' | 'ofWholeSeconds'> => ({
    unread: { count: seen.unread, first: seen.first },
    stripped: seen.stripped,
    outOfOrder: seen.outOfOrder,
    ofWholeSeconds: seen.wholeSeconds,
  })
  return {
    format: reader.title,
    counts: core.counts,
    async run() {
      const ordered = inOrder(playable(), {
        most: mostKept,
        mostBytes: mostKeptBytes,
        tooLate: () => seen.outOfOrder++,
      })
      const played = await play(ordered, {
        speed,
        inFlight: connections,
        laneOf: laneBy(order),
        send,
        left: () => left('replay ended'),
        clock,
        signal,
      })
      const judged = await core.close()
      await pool?.destroy()
      const replay: ReplaySeen = {
        file: given.name,
        format: reader.title,
        lacks: reader.lacks,
        ...told(),
        withRecorded: primary === undefined,
        sent: played.sent,
        heldBack: played.heldBack,
        late: speed === Number.POSITIVE_INFINITY ? undefined : played.late,
        interrupted: signal.aborted,
      }
      return { ...judged, replay }
    },
  }
}

/** Why a request is not played; its answer matters only where there is no primary. */
function whyNot(entry: Entry, hasPrimary: boolean): Unplayed | undefined {
  if (entry.is === 'unread') return undefined
  if (entry.unplayable !== undefined) return entry.unplayable
  return !hasPrimary && typeof entry.answer === 'string' ? entry.answer : undefined
}

function laneBy(order: ReplayOptions['order']): (request: Recorded) => string | undefined {
  if (order === 'none') return () => undefined
  if (order === 'address') return ({ address }) => address
  return ({ connection, address }) => connection ?? address
}
