import { SeatrialError } from '../../kernel/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Node } from './engine.ts'
import { follow, replicates, run } from './mariadb-steps.ts'

/**
 * Builds a node anew from the primary, by a dump that holds its own GTID, and lets it follow. What it had is gone: a
 * node with rows of its own is to be looked at first.
 *
 * @throws SeatrialError `SEATRIAL_REBUILD` when the dump cannot be made or loaded
 */
export async function rebuild(cluster: Cluster, node: Node, primary: Node): Promise<void> {
  await run(
    cluster,
    node,
    'STOP SLAVE',
    'RESET SLAVE ALL',
    'RESET MASTER',
    "SET GLOBAL gtid_slave_pos = ''",
    "SET GLOBAL replicate_wild_ignore_table = ''",
    // It may have been promoted by a run that broke off: as a replica it would wait for replicas of its own.
    'SET GLOBAL rpl_semi_sync_master_enabled = 0',
    'SET GLOBAL read_only = 1',
  )
  // One snapshot without a lock; loaded without a log, or the node would have written transactions of its own again.
  const dump = `mariadb-dump --host=${primary.name} --user=drill --password=drill --single-transaction --gtid --master-data=1 --databases app`
  const load = "mariadb --user=drill --password=drill --init-command='SET sql_log_bin = 0'"
  const { exitCode, stderr } = await node.machine.exec(['bash', '-c', `set -o pipefail; ${dump} | ${load}`])
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
  await run(cluster, node, 'START SLAVE')
  await replicates(cluster, node)
}
