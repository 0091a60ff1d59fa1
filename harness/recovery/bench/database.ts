import { SeatrialError } from '../../kernel/index.ts'
import type { ContainerMachine, StartedContainer } from '../../substrate/index.ts'
import type { DrillContext } from '../drill.ts'
import { compareManifests } from '../manifest/compare.ts'
import type { Attempt, DatabaseSeen, Seen } from '../seen.ts'
import type { AttemptOptions } from './attempt.ts'
import { attemptFor } from './attempt.ts'
import type { DatabaseEngine } from './database-engine.ts'
import { carryRepository, feed, fillDisk, places, startHost } from './database-host.ts'
import type { Victim } from './database-interrupt.ts'
import { endInTheMiddle } from './database-interrupt.ts'
import { databaseManifest } from './database-manifest.ts'
import type { Tampering } from './database-tamper.ts'
import { spoil } from './database-tamper.ts'
import type { Told, Writer } from './database-writer.ts'
import { startWriter } from './database-writer.ts'
import { mariadb } from './mariadb.ts'
import type { Wanted } from './orders.ts'
import { highestOrder, isWritten, wantedOf } from './orders.ts'
import { postgres } from './postgres.ts'

const seeded = 1_000
/** A file as old as the backup that is spoiled. */
const mark = '/seatrial/backup-began'
/** What a disk that is filled up has left: an empty server lives on, the documents do not fit. */
const leftBytes = 2 * 2 ** 20

/**
 * A host with a database under writes, and an empty one. Verbs: `setup` (once, before anything is written: what the
 * server needs for it), `backup`, and `restore` (with `AT`, seconds since the epoch: as it was just before).
 */
export interface DatabaseBench extends AsyncDisposable {
  /** Backs up while orders are written, and holds the restore to what was acknowledged before it began. */
  readonly backUp: () => Promise<Attempt>
  /** The same, and it is ended in the middle. */
  readonly backUpEnded: (victim: Victim) => Promise<Attempt>
  /** Resolves when more was written. */
  readonly write: () => Promise<void>
  /** More is written, and the server begins another log. */
  readonly nextLog: () => Promise<void>
  /** Spoils the newest backup where it lies. */
  readonly spoil: (how: Tampering) => Promise<void>
  /** Somebody drops a table and deletes rows. Gives the second before which all was well; orders go on afterwards. */
  readonly mistake: () => Promise<number>
  /** The old host burns down, the repository is brought to the new one, whose server is empty. RTO counts from here. */
  readonly lose: () => Promise<void>
  /** Fills the disk with the data of the new server but for 2 MiB. */
  readonly leaveRoom: () => Promise<void>
  readonly restore: (options?: AttemptOptions) => Promise<Attempt>
  /** The same, and it is ended in the middle. */
  readonly restoreEnded: () => Promise<Attempt>
  /** Compares what came back and says what was seen. */
  readonly judge: (possible: Seen['possible']) => Promise<Omit<Seen, 'drill' | 'procedure'>>
}

/** @throws SeatrialError as `startHost`; for a `setup` that fails, unsettled */
export async function databaseBench(context: DrillContext): Promise<DatabaseBench> {
  const { procedure, signal, progress } = context
  const engine = procedure.kind === 'postgres' ? postgres : mariadb
  const env = { ...places, ...engine.env, ...procedure.env }
  await using stack = new AsyncDisposableStack()
  const [old, fresh] = await startHosts(context, engine, { env, stack })
  const attempts: Attempt[] = []
  const call = (host: ContainerMachine, verb: string, given?: AttemptOptions): Promise<Attempt> =>
    attemptFor(context, host, verb, env, given)
  const setup = await call(old, 'setup')
  if (setup.said !== 'done') throw notSetUp(setup)
  await feed(old, env, engine.plant(seeded), engine.operator)
  const unchanging = new Map([...(await databaseManifest(old, engine, env))].filter(([key]) => !isWritten(key)))
  const writer = await startWriter(old, engine, { seeded, env, signal })

  let wanted: Wanted = { required: 0, allowed: 0 }
  let seen: DatabaseSeen = { asked: 'backup', required: 0, found: 0 }
  let lostAt: number | undefined
  let backAfterMs: number | undefined
  const backUp = async (work: () => Promise<Attempt>): Promise<Attempt> => {
    const before = await writer.told()
    await feed(old, env, `touch -d '-1 second' ${mark}`)
    const told = await work()
    attempts.push(told)
    await mustHaveWritten(writer, before)
    // A backup that said it is none leaves the last one to be held to.
    if (told.said === 'done') wanted = { ...wanted, required: before.acknowledged }
    return told
  }
  const restore = async (work: () => Promise<Attempt>): Promise<Attempt> => {
    const told = await work()
    attempts.push(told)
    if (told.said === 'done' && lostAt !== undefined) backAfterMs = Math.round(performance.now() - lostAt)
    return told
  }
  const ended = async (host: ContainerMachine, verb: 'backup' | 'restore', victim: Victim): Promise<Attempt> => {
    const folder = verb === 'backup' ? places.REPOSITORY : places.DATA
    const how = { tools: engine.tools[verb], folder, victim, work: () => call(host, verb) }
    const told = await endInTheMiddle(host, how)
    return victim === 'script' ? { ...told, said: 'interrupted' } : told
  }
  const started = stack.move()
  return {
    backUp: () => backUp(() => call(old, 'backup')),
    backUpEnded(victim) {
      seen = { ...seen, ended: victim }
      return backUp(() => ended(old, 'backup', victim))
    },
    write: async () => void (await writer.past((await writer.told()).acknowledged + 20)),
    async nextLog() {
      await writer.past((await writer.told()).acknowledged)
      await feed(old, env, engine.nextLog, engine.client)
    },
    async spoil(how) {
      progress(`${how}: ${await spoil(old, places.REPOSITORY, how, mark)}`)
      seen = { ...seen, spoiled: how }
    },
    async mistake() {
      const { acknowledged } = await writer.pause()
      const at = Number(await feed(old, env, nextSecond))
      await feed(old, env, engine.mistake, engine.client)
      await writer.resume()
      await feed(old, env, engine.shipped)
      wanted = { required: acknowledged, allowed: acknowledged }
      seen = { ...seen, asked: 'moment' }
      return at
    },
    async lose() {
      // Process 1 is spared, which holds the machine up until its repository was brought away.
      await feed(old, env, 'kill -KILL -1')
      if (seen.asked === 'backup') wanted = { ...wanted, allowed: (await writer.told()).intended }
      await carryRepository(old, fresh, env)
      lostAt = performance.now()
    },
    leaveRoom: () => fillDisk(fresh, env, leftBytes),
    restore: (given) => restore(() => call(fresh, 'restore', given)),
    restoreEnded: () => restore(() => ended(fresh, 'restore', 'script')),
    async judge(possible) {
      const there = await databaseManifest(fresh, engine, env)
      // A server that has nothing but itself is one to which nothing came back.
      const found = there.size > 1 ? there : new Map()
      const truth = wantedOf(unchanging, wanted, found)
      const differences = compareManifests(truth, found)
      const recoveryMs = differences.length === 0 ? backAfterMs : undefined
      const database = { ...seen, required: wanted.required, found: highestOrder(found) }
      // A copy that was killed must be told by whoever made it: at the restore it is too late.
      const strikes = seen.ended === 'tool' && { strikes: 'backup' }
      return { possible, attempts, differences, entries: truth.size, recoveryMs, database, witnessed: [], ...strikes }
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

/** Both at once; when one cannot be started, the other goes too. */
async function startHosts(
  context: DrillContext,
  engine: DatabaseEngine,
  { env, stack }: { env: Readonly<Record<string, string>>; stack: AsyncDisposableStack },
): Promise<readonly [StartedContainer, StartedContainer]> {
  const starting = [startHost(context, engine, { name: 'old', env }), startHost(context, engine, { name: 'new', env })]
  for (const each of await Promise.allSettled(starting)) if (each.status === 'fulfilled') stack.use(each.value)
  const [old, fresh] = await Promise.all(starting)
  if (old === undefined || fresh === undefined) throw new Error('two hosts are needed')
  return [old, fresh]
}

// Logs tell times apart by whole seconds: the one that is asked for must lie between the last order and the mistake.
const nextSecond = 'n=$(date +%s); while [ "$(date +%s)" = "$n" ]; do sleep 0.01; done; date +%s'

/** @throws SeatrialError (unsettled) when nobody wrote while the backup was made */
async function mustHaveWritten(writer: Writer, before: Told): Promise<void> {
  const { intended } = await writer.told()
  // One that had to wait until the backup was done was under way meanwhile.
  if (intended > before.intended) return void (await writer.past(before.acknowledged))
  throw new SeatrialError('SEATRIAL_NOT_UNDER_WRITES', 'no order was written while the backup was made', {
    mend: 'Run it again on a machine with less to do.',
    because: 'prerequisite',
  })
}

function notSetUp({ exitCode, output }: Attempt): SeatrialError {
  return new SeatrialError('SEATRIAL_SETUP', `setup ended with exit code ${exitCode}: ${output.trim().slice(-300)}`, {
    mend: 'The verb setup is called once, on a running server without data; a script that needs nothing does nothing.',
    because: 'prerequisite',
  })
}
