import type { Dialect } from './dialect.ts'
import { dialectFor } from './dialect.ts'
import type { ClusterOptions, Engine, Node } from './engine.ts'

/** Command lines of servers on images that somebody gives. */

/** What drill.cnf says in our own image, as far as both families know it. */
const small = [
  '--skip-name-resolve',
  '--innodb-buffer-pool-size=16M',
  '--innodb-flush-log-at-trx-commit=2',
  '--sync-binlog=0',
  '--performance-schema=OFF',
  '--max-connections=100',
] as const

/** Those of our own image, and what its settings file says. */
export function mariadbOptions(engine: Engine, node: Pick<Node, 'id'>, options: ClusterOptions): readonly string[] {
  return [...engine.command(node, options), ...small, '--slave-net-timeout=10']
}

/**
 * Options of mysqld by its version, such as `8.4`: GTIDs are switched on and off for a whole server, and semi-synchronous
 * replication is a plugin on either side, under the older name before 8.4.
 */
export function mysqlOptions(
  version: string,
  { id }: Pick<Node, 'id'>,
  { gtid, logReplicaUpdates, binlogFormat = 'ROW' }: ClusterOptions,
): readonly string[] {
  const dialect: Dialect = dialectFor(`${version}.0`)
  const newer = dialect.id === 'mysql-8.4'
  const onOff = gtid ? 'ON' : 'OFF'
  return [
    `--server-id=${id}`,
    '--log-bin=binlog',
    // Rows are what it does unasked; the option itself is deprecated.
    ...(binlogFormat === 'ROW' ? [] : [`--binlog-format=${binlogFormat}`]),
    `--gtid-mode=${onOff}`,
    `--enforce-gtid-consistency=${onOff}`,
    `--log-${newer ? 'replica' : 'slave'}-updates=${logReplicaUpdates ? 'ON' : 'OFF'}`,
    `--${newer ? 'replica' : 'slave'}-net-timeout=10`,
    `--plugin-load-add=${newer ? 'semisync_source.so' : 'semisync_master.so'}`,
    `--plugin-load-add=${newer ? 'semisync_replica.so' : 'semisync_slave.so'}`,
    `--report-host=node-${id}`,
    '--loose-mysqlx=OFF',
    ...small,
  ]
}
