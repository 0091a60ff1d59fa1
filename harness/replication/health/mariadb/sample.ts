import type { MariadbCluster, MariadbNode, MariadbReplication } from './cluster.ts'
import { parseGtids } from './gtid.ts'

/** A healthy cluster of a primary and two replicas, for the examples of checks; what is given is otherwise. */
export interface SampleChanges {
  readonly primary?: Partial<MariadbNode>
  /** Of the first replica. */
  readonly replica?: Partial<MariadbNode>
  /** Of the first replica's connection to its source. */
  readonly replication?: Partial<MariadbReplication>
  readonly cluster?: Partial<MariadbCluster>
}

export function sampleCluster({ primary, replica, replication, cluster }: SampleChanges = {}): MariadbCluster {
  const end = { file: 'binlog.000001', position: 5_000 }
  const first = nodeOf(2, [{ ...following(), ...replication }], replica)
  const nodes = [nodeOf(1, [], primary), first, nodeOf(3, [following()])]
  return {
    engine: 'mariadb',
    nodes,
    primary: 'db-1:3306',
    primaryBefore: { logged: nodes[0]?.logged ?? [], logEnd: end },
    maxLagSeconds: 10,
    ...cluster,
  }
}

function nodeOf(
  id: number,
  replications: readonly MariadbReplication[],
  changes: Partial<MariadbNode> = {},
): MariadbNode {
  return {
    node: `db-${id}:3306`,
    version: '10.11.19-MariaDB',
    serverId: id,
    binaryLog: true,
    binaryLogFormat: 'ROW',
    logsUpdates: true,
    readOnly: id !== 1,
    gtidStrict: true,
    syncBinaryLog: 1,
    flushAtCommit: 1,
    semiSync: { waits: id === 1, active: id === 1, timeoutMs: 10_000 },
    logged: parseGtids('0-1-100'),
    appliedGtid: parseGtids(id === 1 ? '' : '0-1-100'),
    logEnd: { file: 'binlog.000001', position: 5_000 },
    logFilters: [],
    replications,
    accounts: ['replication'],
    ...changes,
  }
}

function following(): MariadbReplication {
  const place = { file: 'binlog.000001', position: 5_000 }
  return {
    connection: '',
    source: 'db-1:3306',
    sourceId: 1,
    user: 'replication',
    receiving: 'yes',
    applying: 'yes',
    lagSeconds: 0,
    fetched: place,
    applied: place,
    fetchedGtid: parseGtids('0-1-100'),
    drains: true,
    filters: [],
    error: undefined,
  }
}
