import { posix } from 'node:path'
import { quoted, SeatrialError } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import { dialectOf } from './dialect.ts'
import type { Node } from './engine.ts'
import { textOf } from './engine.ts'
import { fetched, tell } from './mariadb-steps.ts'
import { statusRow } from './tell.ts'

/**
 * Carries out on a candidate what another survivor has in its relay log and the candidate never fetched. A replica that
 * stopped at an error, or that hides a table, is not promoted; its thread that fetches went on, though, and what it
 * acknowledged may be nowhere else. The candidate replicates from nobody any more, and takes no writes of clients yet.
 *
 * Source: mariadb-binlog, "Replaying relay logs"; the same is done for MySQL by MHA, "differential relay logs".
 *
 * @returns how many transactions more the candidate has; 0 when there was nothing to be had
 * @throws SeatrialError `SEATRIAL_RESCUE` when the relay log cannot be read or carried out, or begins too late
 */
export async function rescue(cluster: Cluster, from: Node, to: Node): Promise<number> {
  const [session, target] = [await cluster.session(from), await cluster.session(to)]
  const [dialect, status, before] = [await dialectOf(target), await statusRow(session), await fetched(cluster, to)]
  // What it has fetched, without writes of its own.
  if (dialect.fetched(status, '') <= before) return 0
  const [has] = await target.query(dialect.applied)
  const [at] = await session.query('SELECT @@relay_log AS path, @@datadir AS folder')
  const folder = posix.resolve(textOf(at?.['folder']), posix.dirname(textOf(at?.['path'])))
  const files = posix.join(folder, textOf(status?.['Relay_Log_File']).replace(/\d+$/, ''))
  const print = `${dialect.readLogs(textOf(has?.['gtids']))} ${quoted(files)}[0-9]*`
  const script = `set -o pipefail; ${print} | ${dialect.client} --host=${to.name} --user=drill --password=drill`
  const { exitCode, stderr } = await from.machine.exec(['bash', '-c', script])
  if (exitCode !== 0) {
    throw new SeatrialError(
      'SEATRIAL_RESCUE',
      `the relay log of ${from.name} was not carried out on ${to.name}: ${stderr.trim()}`,
      { mend: `Keep the files of ${from.name}: what it acknowledged may be nowhere else.` },
    )
  }
  await tell(cluster, to, ({ adoptOwnLog }) => adoptOwnLog)
  return (await fetched(cluster, to)) - before
}
