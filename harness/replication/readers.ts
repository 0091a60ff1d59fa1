import { systemClock } from '../kernel/index.ts'
import type { Engine, Session } from './engines/engine.ts'
import type { Acknowledged } from './ledger/acknowledged.ts'
import { acknowledgedOf } from './ledger/acknowledged.ts'
import type { Journal } from './ledger/journal.ts'
import type { Token } from './ledger/token.ts'

const appLogin = { user: 'app', password: 'app' } as const
/** Reads after which a client connects anew, as one that serves a page does; a balancer chooses only then. */
const readsPerConnection = 25
/** Milliseconds between two reads of one client. */
const paceMs = 5

export interface ReadersOptions {
  readonly engine: Engine
  /** Where reads are sent, whoever is behind it. */
  readonly address: { readonly host: string; readonly port: number }
  /** Each reads back what the writer of the same number was told: 1, 2, ... */
  readonly clients: number
  readonly journal: Pick<Journal, 'entries'>
  readonly now: () => number
  /**
   * Milliseconds that an acknowledged write may take to be seen; a read that misses an older one is stale. Nobody looks
   * for stale reads when left out.
   */
  readonly staleAfterMs?: number
  /** Milliseconds that a client waits for an answer. */
  readonly patienceMs?: number
}

/** A write that was acknowledged before a read was sent and that its answer did not have. */
export interface StaleRead {
  /** Not called a token, which would be taken for a secret in the record. */
  readonly write: Token
  /** Who answered. */
  readonly node: string
  /** Milliseconds from the acknowledgement to the read. */
  readonly ageMs: number
  /** When it was first missed, of the drill's clock. */
  readonly at: number
}

export interface ReadReport {
  readonly answered: number
  readonly failed: number
  /** Longest time that a client was without an answered read, milliseconds, and when that began. */
  readonly outageMs: number
  readonly outageFrom: number
  /** Of the last answered read; undefined when there was none. */
  readonly lastAt: number | undefined
  /** What was allowed; left out where nobody looked. */
  readonly staleAfterMs?: number
  /** The writes that stale reads missed, once each for every node that answered without it. */
  readonly stale: readonly StaleRead[]
  /** How many reads each node answered. */
  readonly answers: Readonly<Record<string, number>>
}

/** Clients that read during the whole of a drill what its writers were told. */
export interface Readers {
  readonly report: () => ReadReport
  /** Resolves when every client has ended its last read. */
  readonly stop: () => Promise<void>
}

interface State {
  stopping: boolean
  answered: number
  failed: number
  outage: { ms: number; from: number }
  lastAt: number | undefined
  readonly stale: StaleRead[]
  readonly answers: Record<string, number>
}

export function startReaders(options: ReadersOptions): Readers {
  const state: State = {
    stopping: false,
    answered: 0,
    failed: 0,
    outage: { ms: 0, from: options.now() },
    lastAt: undefined,
    stale: [],
    answers: {},
  }
  const clients = Array.from({ length: options.clients }, (_, index) => read(index + 1, options, state))
  return {
    report: () => ({
      answered: state.answered,
      failed: state.failed,
      outageMs: state.outage.ms,
      outageFrom: state.outage.from,
      lastAt: state.lastAt,
      ...(options.staleAfterMs !== undefined && { staleAfterMs: options.staleAfterMs }),
      stale: [...state.stale],
      answers: { ...state.answers },
    }),
    async stop() {
      state.stopping = true
      await Promise.all(clients)
    },
  }
}

/**
 * Writes that are lost could not be seen after the fault: they are told as lost. A read before it could have seen them,
 * and was stale.
 */
export function withoutLost(report: ReadReport, lost: readonly Token[], faultAt: number): ReadReport {
  const gone = new Set(lost)
  return { ...report, stale: report.stale.filter(({ write, at }) => at < faultAt || !gone.has(write)) }
}

async function read(client: number, options: ReadersOptions, state: State): Promise<void> {
  const told = acknowledgedOf(client, options.journal)
  const reader = { client, told, waitingSince: options.now() }
  while (!state.stopping) {
    await using session = await connect(options)
    if (session === undefined) state.failed++
    else await readOn(session, reader, options, state)
    // Nobody answers there at the moment; a client that asks again at once would only heat the machine.
    await systemClock.pause(paceMs)
  }
  waited(reader, options.now(), state)
}

interface Reader {
  readonly client: number
  readonly told: Acknowledged
  /** When its last answer came. */
  waitingSince: number
}

function waited(reader: Reader, until: number, state: State): void {
  const ms = until - reader.waitingSince
  if (ms > state.outage.ms) state.outage = { ms, from: reader.waitingSince }
  reader.waitingSince = until
}

/** As many reads as one connection is good for, or until one fails. */
async function readOn(session: Session, reader: Reader, options: ReadersOptions, state: State): Promise<void> {
  const { engine, now, staleAfterMs = Number.POSITIVE_INFINITY } = options
  const { client, told } = reader
  for (let reads = 0; reads < readsPerConnection && !state.stopping; reads++) {
    const last = told.last()
    const sentAt = now()
    const row = await session.query(engine.newestOf, [client]).then(
      ([first]) => first ?? {},
      () => undefined,
    )
    if (row === undefined) return void state.failed++
    state.lastAt = now()
    waited(reader, state.lastAt, state)
    const node = `node-${Number(row['node'])}`
    const seen = Number(row['number'] ?? 0)
    state.answered++
    state.answers[node] = (state.answers[node] ?? 0) + 1
    for (const { write, settledAt } of last > seen ? told.missed(node, seen, sentAt - staleAfterMs) : []) {
      state.stale.push({ write, node, ageMs: sentAt - settledAt, at: sentAt })
    }
    await systemClock.pause(paceMs)
  }
}

async function connect({ engine, address, patienceMs = 2_000 }: ReadersOptions): Promise<Session | undefined> {
  return engine.open(address, appLogin, patienceMs).catch(() => undefined)
}
