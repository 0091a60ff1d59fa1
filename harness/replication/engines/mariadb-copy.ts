import { messageOf, SeatrialError, waitFor } from '../../kernel/index.ts'
import { BuildingFailed } from '../building.ts'
import { waitUntilAnswers } from '../cluster.ts'
import type { BuildStage } from '../building.ts'
import type { Node, Session } from './engine.ts'
import { textOf } from './engine.ts'
import type { Place } from './dialect.ts'
import { dialectOf } from './dialect.ts'
import { follow, run, tell } from './mariadb-steps.ts'

/** How a MariaDB replica gets the data of a running primary, in steps of which buildings are made. */

type FilePlace = Exclude<Place, string>

/** Where the log of a server ends now. */
export async function endOfLog(session: Session): Promise<FilePlace> {
  const [row] = await session.query((await dialectOf(session)).logStatus)
  return { file: textOf(row?.['File']), position: Number(row?.['Position']) }
}

/**
 * The accounts go along, or nobody could log in to the replica on the day on which it is promoted. Those that it has stay:
 * one that is replaced has no rights for a moment, and the tool may be logged in with it.
 */
export const withAccounts = ['--databases app', '--system=users', '--insert-ignore'] as const

const file = '/tmp/building.sql'
/** A tool that waits for what never comes is ended, and fails. */
const inTime = 'timeout --kill-after=1 60'

/** Dumps the source into a file on the replica. @throws BuildingFailed with what the tool says */
export async function dump({ replica, source }: BuildStage, ...options: readonly string[]): Promise<void> {
  const tool = `${inTime} mariadb-dump --host=${source.name} --user=drill --password=drill`
  await shell(replica, `${tool} ${options.join(' ')} --result-file=${file}`)
}

/** The place that the dump itself tells, in a comment: `--master-data=2`. */
export async function placeInDump({ replica }: BuildStage): Promise<FilePlace> {
  const line = await shell(replica, `grep -m 1 '^-- CHANGE MASTER TO MASTER_LOG_FILE' ${file}`)
  const [, name = '', position = ''] = /MASTER_LOG_FILE='([^']+)', MASTER_LOG_POS=(\d+)/.exec(line) ?? []
  if (name === '') throw new BuildingFailed('tool', `the dump tells no place: ${line.trim()}`)
  return { file: name, position: Number(position) }
}

/**
 * Without a log: a replica that has written transactions of its own could not follow by GTID. As root, by its socket: only
 * that account may grant what a dump of accounts grants (PROXY).
 */
export async function load({ replica, note }: BuildStage): Promise<void> {
  await shell(replica, `mariadb --init-command='SET sql_log_bin = 0' <${file}`)
  note(`the dump is loaded on ${replica.name}`)
}

/** A transaction's number at a place, which a replica that follows by GTID is told instead. */
export async function gtidAt(session: Session, { file: name, position }: FilePlace): Promise<string> {
  const [row] = await session.query('SELECT BINLOG_GTID_POS(?, ?) AS gtid', [name, position])
  return textOf(row?.['gtid'])
}

export async function startAt(stage: BuildStage, place: FilePlace | { readonly gtid: string }): Promise<void> {
  const { cluster, replica, source, note } = stage
  if ('gtid' in place) {
    await run(cluster, replica, `SET GLOBAL gtid_slave_pos = '${place.gtid}'`)
    await follow(cluster, replica, source, 'gtid')
    note(`${replica.name} goes on at ${place.gtid}`)
  } else {
    await follow(cluster, replica, source, place)
    note(`${replica.name} goes on at ${place.file}:${place.position}`)
  }
  await tell(cluster, replica, ({ start }) => [start])
}

/** Keeps every write out of a server while something is done, in a session of its own. */
export async function lockedWhile<T>(
  { cluster, source, note }: BuildStage,
  does: (session: Session) => Promise<T>,
): Promise<T> {
  await using session = await cluster.engine.open(await cluster.address(source), undefined, 10_000)
  await session.query('FLUSH TABLES WITH READ LOCK')
  note(`${source.name} is locked`)
  try {
    return await does(session)
  } finally {
    await session.query('UNLOCK TABLES')
    note(`${source.name} is unlocked`)
  }
}

const port = 4_444
/** The prepared copy waits here. */
const fresh = '/var/lib/mysql.new'

/**
 * A hot backup, streamed from the source to the replica, prepared there, and put in the place of its data folder.
 * Gives the place that the backup tells. @throws BuildingFailed with the last that a tool said
 */
export async function hotBackup(stage: BuildStage): Promise<FilePlace & { readonly gtid: string }> {
  const { cluster, replica, source, note } = stage
  const receive = `rm -rf ${fresh} && mkdir ${fresh} && ${inTime} socat -u TCP-LISTEN:${port},reuseaddr STDOUT | mbstream -x -C ${fresh}`
  const tool = 'mariabackup --backup --stream=mbstream --user=drill --password=drill'
  // The other side may listen a moment later.
  const send = `${tool} | socat -u STDIN TCP:${replica.name}:${port},retry=100,interval=0.05`
  const ended = await Promise.allSettled([shell(source, send), shell(replica, receive)])
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  note(`${replica.name} has the backup`)
  await shell(replica, `mariabackup --prepare --target-dir=${fresh}`)
  note('the backup is prepared')
  const told = await shell(replica, `cat ${fresh}/xtrabackup_binlog_info`)
  const [name = '', position = '', gtid = ''] = told.trim().split(/\s+/)
  const [row] = await (await cluster.session(replica)).query('SELECT @@datadir AS folder')
  const folder = textOf(row?.['folder']).replace(/\/$/, '')
  // Frozen, so that it writes nothing into the folder any more: its own data is thrown away.
  await replica.machine.kill('SIGSTOP')
  await shell(
    replica,
    `find ${folder} -mindepth 1 -delete && mv ${fresh}/* ${folder}/ && chown -R mysql:mysql ${folder}`,
  )
  await replica.machine.kill('SIGKILL')
  try {
    await replica.machine.start()
    await waitUntilAnswers(cluster, replica)
  } catch (error) {
    throw new BuildingFailed('tool', `${replica.name} does not start on the backup: ${messageOf(error)}`)
  }
  note(`${replica.name} runs on the backup`)
  return { file: name, position: Number(position), gtid }
}

/**
 * Dumps with the tool's own LOCK TABLES while another session holds the global lock. Ends it when it waits for clients who
 * wait for that very lock: nobody of the three can go on then, unless every client gives up at the same moment.
 *
 * @throws BuildingFailed `lock`
 */
export async function dumpBehindOwnLock(stage: BuildStage, session: Session): Promise<void> {
  const { replica, source } = stage
  const inserts = async (): Promise<string> => (await waiting(session, /^INSERT/i, 0)).state
  await waitFor(
    'a client to wait for the lock',
    async () => ((await inserts()) === '' ? { seen: 'none' } : { done: true }),
    { deadlineMs: 8_000, everyMs: 10 },
  )
  const tool = `timeout --kill-after=1 20 mariadb-dump --host=${source.name} --user=drill --password=drill`
  const dumped = shell(replica, `${tool} ${withAccounts.join(' ')} --result-file=${file}`)
  let over = false
  const ended = (): void => void (over = true)
  dumped.then(ended, ended)
  const cycle = await waitFor<string | undefined>(
    'the dump to end, or to wait for a lock',
    async () => {
      if (over) return { done: undefined }
      const [dumps, writes] = [await waiting(session, /^LOCK TABLES/i, 300), await inserts()]
      if (dumps.state === '' || writes === '') return { seen: `LOCK TABLES: ${dumps.state}; INSERT: ${writes}` }
      await session.query(`KILL ${dumps.id}`)
      return { done: `LOCK TABLES of the dump: ${dumps.state}; INSERT of a client: ${writes}` }
    },
    { deadlineMs: 25_000, everyMs: 20 },
  )
  try {
    await dumped
  } catch (error) {
    if (cycle === undefined || !(error instanceof BuildingFailed)) throw error
    throw new BuildingFailed('lock', `the dump was ended, because it would wait for ever. ${cycle}`)
  }
}

/** The first statement of this kind that has waited for a lock for so many milliseconds; its state is empty for none. */
async function waiting(session: Session, statement: RegExp, ms: number): Promise<{ id: number; state: string }> {
  const rows = await session.query(
    "SELECT id, info, state, time_ms FROM information_schema.processlist WHERE state LIKE 'Waiting for%lock'",
  )
  const row = rows.find((each) => statement.test(textOf(each['info'])) && Number(each['time_ms']) >= ms)
  return { id: Number(row?.['id'] ?? 0), state: textOf(row?.['state']) }
}

async function shell(node: Node, script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await node.machine.exec(['bash', '-c', `set -o pipefail; ${script}`])
  if (exitCode === 0) return stdout
  if (exitCode === 127) {
    // Servers of another make, and images of one's own, have other tools: that is no fault of the building.
    throw new SeatrialError('SEATRIAL_DRILL_UNFIT', `${node.name} lacks a tool of this building: ${stderr.trim()}`, {
      mend: "Choose another building, or leave the image out: the project's own has all of them.",
      because: 'unsupported',
    })
  }
  const late = exitCode === 124 ? ' (it did not end in time)' : ''
  const said = (stderr || stdout).trim().split('\n').slice(-3).join('; ')
  const [, program = ''] = /^(?:timeout \S+ \d+ )?(\S+)/.exec(script) ?? []
  throw new BuildingFailed('tool', `${program} on ${node.name} ended with ${exitCode}${late}: ${said}`)
}
