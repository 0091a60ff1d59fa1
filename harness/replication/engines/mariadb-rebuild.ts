import { SeatrialError } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Node } from './engine.ts'
import { dialectOf } from './dialect.ts'
import { follow, replicates, tell } from './mariadb-steps.ts'

const mariadbTools = {
  dump: 'mariadb-dump --gtid --master-data=1',
  load: "mariadb --init-command='SET sql_log_bin = 0'",
} as const

/**
 * The dump sets gtid_purged, which its loader may do while gtid_executed is empty, and keeps the load out of the log by
 * itself (MySQL Reference Manual 8.4 section 6.5.4, --set-gtid-purged). The client fetches the key for its password.
 */
const mysqlTools = {
  dump: 'mysqldump --get-server-public-key --set-gtid-purged=ON',
  load: 'mysql',
} as const

/**
 * Builds a node anew from the primary, by a dump that holds its own GTID, and lets it follow. What it had is gone: a
 * node with rows of its own is to be looked at first.
 *
 * @throws SeatrialError `SEATRIAL_REBUILD` when the dump cannot be made or loaded
 */
export async function rebuild(cluster: Cluster, node: Node, primary: Node): Promise<void> {
  const { id } = await dialectOf(await cluster.session(node))
  await tell(
    cluster,
    node,
    ({ stop, forget, resetLogs, forgetApplied, ignoreTables, semiSync, closeToApplications }) => [
      stop,
      forget,
      resetLogs,
      ...forgetApplied,
      ignoreTables(''),
      // It may have been promoted by a run that broke off: as a replica it would wait for replicas of its own.
      `SET GLOBAL ${semiSync.sourceEnabled} = 0`,
      ...closeToApplications,
    ],
  )
  // One snapshot without a lock; loaded without a log, or the node would have written transactions of its own again.
  const { dump, load } = id === 'mariadb' ? mariadbTools : mysqlTools
  const from = `${dump} --host=${primary.name} --user=drill --password=drill --single-transaction --databases app`
  const { exitCode, stderr } = await node.machine.exec([
    'bash',
    '-c',
    `set -o pipefail; ${from} | ${load} --user=drill --password=drill`,
  ])
  if (exitCode !== 0) {
    throw new SeatrialError(
      'SEATRIAL_REBUILD',
      `${node.name} was not built anew from ${primary.name}: ${stderr.trim()}`,
      {
        mend: 'Look whether the primary answers and the dump can be loaded by hand.',
      },
    )
  }
  await follow(cluster, node, primary, 'gtid')
  await tell(cluster, node, ({ close, start }) => [close, start])
  await replicates(cluster, node)
}
