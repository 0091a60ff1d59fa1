import { systemClock, waitFor } from '../kernel/index.ts'
import type { Engine, Session } from './engines/engine.ts'
import { DatabaseError } from './engines/engine.ts'
import type { Journal } from './ledger/journal.ts'
import { tokenOf } from './ledger/token.ts'

const appLogin = { user: 'app', password: 'app' } as const

export interface WritersOptions {
  readonly engine: Engine
  /** One address for all of them, whoever is behind it: a client knows of no promotion. */
  readonly address: { readonly host: string; readonly port: number }
  readonly clients: number
  /** Number of the first of them; 1 when left out. */
  readonly firstClient?: number
  readonly journal: Journal
  readonly now: () => number
  /** In which they begin; 0 when left out. */
  readonly era?: number
  /** Milliseconds that a client waits for an answer before it gives a write up. */
  readonly patienceMs?: number
}

export interface Acknowledgement {
  readonly at: number
  readonly origin: string
}

/** Clients that write one row after another, and note what they are told. */
export interface Writers {
  readonly acknowledged: () => number
  /**
   * Waits until a write is sent and not answered, and gives that moment.
   *
   * @throws SeatrialError `SEATRIAL_WAIT_DEADLINE` when no client comes to write
   */
  readonly midWrite: () => Promise<number>
  readonly last: () => Acknowledgement | undefined
  /** How many writes were refused, by the server's number of the error. */
  readonly refusals: () => Readonly<Record<number, number>>
  /** The first acknowledgement by a node other than `by`, sent after `at`. */
  readonly firstAfter: (at: number, by: string) => Acknowledgement | undefined
  /** From now on writes are of the next era. */
  readonly nextEra: () => void
  /** Resolves when every client has ended its last write. */
  readonly stop: () => Promise<void>
}

export function startWriters(options: WritersOptions): Writers {
  const { clients: count, firstClient = 1, era = 0 } = options
  const state: State = { stopping: false, era, acknowledged: 0, underWay: 0, last: undefined, first: [], refusals: {} }
  const clients = Array.from({ length: count }, (_, client) => write(firstClient + client, options, state))
  return {
    acknowledged: () => state.acknowledged,
    midWrite: () =>
      waitFor(
        'a write to be under way',
        () => (state.underWay > 0 ? { done: options.now() } : { seen: 'no write that waits for its answer' }),
        { deadlineMs: 20_000, everyMs: 1 },
      ),
    last: () => state.last,
    refusals: () => state.refusals,
    firstAfter: (at, by) => state.first.find(({ origin, sentAt }) => origin !== by && sentAt >= at),
    nextEra: () => void state.era++,
    async stop() {
      state.stopping = true
      await Promise.all(clients)
    },
  }
}

interface State {
  stopping: boolean
  era: number
  acknowledged: number
  underWay: number
  last: Acknowledgement | undefined
  readonly refusals: Record<number, number>
  /** The first acknowledgement of each client by each node, in the order in which they came. */
  readonly first: (Acknowledgement & { readonly sentAt: number })[]
}

async function write(client: number, options: WritersOptions, state: State): Promise<void> {
  const { journal, now } = options
  let number = 0
  while (!state.stopping) {
    const connected = await connect(options)
    if (connected === undefined) {
      // Nobody listens there at the moment; a client that asks again at once would only heat the machine.
      await systemClock.pause(5)
      continue
    }
    await using session = connected.session
    const seen = { first: true }
    while (!state.stopping) {
      const token = tokenOf(client, ++number)
      const sentAt = now()
      journal.intend(token, state.era, sentAt)
      state.underWay++
      try {
        await session.query(options.engine.insertRow, [client, number, state.era]).finally(() => void state.underWay--)
      } catch (error) {
        const refused = error instanceof DatabaseError && error.refused
        journal.settle(token, refused ? 'refused' : 'unknown', now())
        if (!refused) break
        state.refusals[error.number ?? 0] = (state.refusals[error.number ?? 0] ?? 0) + 1
        // A client that is refused tries again, and not at once: it would only heat the machine.
        await systemClock.pause(5)
        break
      }
      const at = now()
      journal.settle(token, 'acknowledged', at, connected.origin)
      state.acknowledged++
      state.last = { at, origin: connected.origin }
      if (seen.first) state.first.push({ at, origin: connected.origin, sentAt })
      seen.first = false
    }
  }
}

async function connect({
  engine,
  address,
  patienceMs = 2_000,
}: WritersOptions): Promise<{ session: Session; origin: string } | undefined> {
  let session: Session | undefined
  try {
    session = await engine.open(address, appLogin, patienceMs)
    return { session, origin: `node-${await engine.nodeId(session)}` }
  } catch {
    await session?.[Symbol.asyncDispose]()
    return undefined
  }
}
