import type { ReplicaStatus } from '../../engines/engine.ts'
import type { Replication } from '../health.ts'
import type { PostgresCluster, PostgresNode, PostgresSettings } from './cluster.ts'

/** What is otherwise in a healthy cluster of a primary and two standbys, for the examples of checks. */
export interface SampleChanges {
  readonly primary?: Partial<PostgresNode>
  readonly primarySettings?: Partial<PostgresSettings>
  /** Of the first standby. */
  readonly standby?: Partial<PostgresNode>
  readonly standbySettings?: Partial<PostgresSettings>
  readonly replication?: Partial<Replication>
  readonly status?: Partial<ReplicaStatus>
  readonly cluster?: Partial<PostgresCluster>
}

export function samplePostgres(given: SampleChanges = {}): PostgresCluster {
  const primary = nodeOf(1, given.primarySettings, {
    replications: [],
    status: undefined,
    readOnly: false,
    senders: [2, 3].map((id) => ({ name: `pg-${id}`, address: `10.0.0.${id}`, state: 'streaming', sync: 'quorum' })),
    ...given.primary,
  })
  const status = { ...sound, ...given.status }
  const replications = [{ ...following, ...given.replication }]
  const first = nodeOf(2, given.standbySettings, { status, replications, ...given.standby })
  const nodes = [primary, first, nodeOf(3)]
  return {
    engine: 'postgres',
    nodes,
    primary: primary.node,
    primaryBefore: { end: 50_000 },
    primaryTimeline: primary.timeline,
    statuses: nodes.map((node) => ({ node: node.node, status: node.status })),
    maxLagSeconds: 10,
    ...given.cluster,
  }
}

const sound: ReplicaStatus = {
  source: 'pg-1',
  receiving: 'yes',
  applying: 'yes',
  lagSeconds: 0,
  received: '0/C350',
  applied: '0/C350',
  timeline: 2,
  error: undefined,
}

const following: Replication = {
  source: 'pg-1:5432',
  sourceId: 1,
  user: 'replication',
  receiving: 'yes',
  applying: 'yes',
  lagSeconds: 0,
  drains: true,
  error: undefined,
}

function nodeOf(
  id: number,
  settings: Partial<PostgresSettings> = {},
  changes: Partial<PostgresNode> = {},
): PostgresNode {
  return {
    node: `pg-${id}:5432`,
    version: '15.20',
    serverId: id,
    systemId: '7400000000000000001',
    timeline: 2,
    status: sound,
    end: 50_000,
    replayed: 50_000,
    readOnly: true,
    settings: {
      walLevel: 'replica',
      maxWalSenders: 10,
      hotStandby: true,
      fsync: true,
      fullPageWrites: true,
      walLogHints: true,
      dataChecksums: false,
      synchronousCommit: 'on',
      synchronousStandbyNames: 'ANY 1 ("pg-1", "pg-2", "pg-3")',
      archiveMode: 'off',
      defaultTransactionReadOnly: false,
      ...settings,
    },
    slotUsed: '',
    replications: [following],
    senders: [],
    slots: [],
    archiveFailure: undefined,
    accounts: ['postgres', 'replication'],
    hba: [{ users: ['all'], address: 'all', mask: '', method: 'scram-sha-256' }],
    ...changes,
  }
}
