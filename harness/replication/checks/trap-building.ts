import { check, document, rule } from '../../kernel/index.ts'
import type { FailureKind } from '../building.ts'
import type { Witnessed } from '../drill.ts'
import type { DrillObservation } from '../observation.ts'

/** Traps of building a replica from a primary that takes writes. Of level info: the rows, or no replica, are the failure. */
const setUp = document('MariaDB: Setting up replication', 'https://mariadb.com/kb/en/setting-up-replication/')
const locks = document('MariaDB: FLUSH TABLES', 'https://mariadb.com/kb/en/flush/')
const gtids = document('MariaDB: Global transaction ID', 'https://mariadb.com/kb/en/gtid/')
const baseBackup = document('PostgreSQL: pg_basebackup', 'https://www.postgresql.org/docs/15/app-pgbasebackup.html')

interface At {
  readonly [key: string]: string | number
  readonly node: string
}

export const trapBuildingLock = rule({
  id: 'replication/trap-building-lock',
  level: 'info',
  reference: locks,
  says: ({ node }: At) =>
    `Own lock: the dump for ${node} waits for clients that hold the table, who wait for the global lock of its own other session; on an idle server nobody would.`,
  wants: 'A dump under FLUSH TABLES WITH READ LOCK takes no locks of its own.',
  remedy: 'Add --skip-lock-tables, or leave the global lock out and use --single-transaction --master-data.',
})

export const trapBuildingApart = rule({
  id: 'replication/trap-building-apart',
  level: 'info',
  reference: setUp,
  says: ({ node }: At) =>
    `Copy and place apart: ${node} replicated with a green status from its first moment, and had not all that was written before.`,
  wants: 'The place at which a replica goes on is that of its copy.',
  remedy: 'Let the dump tell its own place (--single-transaction --master-data), or read it under the same lock.',
})

export const trapBuildingPlace = rule({
  id: 'replication/trap-building-place',
  level: 'info',
  reference: gtids,
  says: ({ node, number }: At & { readonly number: number }) =>
    `No place (${number}): ${node} has a copy, was told no place, and began with the first statement of its primary's log.`,
  wants: 'A replica by GTID is told the transaction at which its copy stands.',
  remedy: 'Set gtid_slave_pos to what the backup or the dump tells before START SLAVE.',
})

export const trapBuildingNoReplica = rule({
  id: 'replication/trap-building-no-replica',
  level: 'info',
  reference: baseBackup,
  says: ({ node }: At) => `No replica: ${node} came up on its copy as a primary of its own, and takes writes.`,
  wants: 'A copy comes up as a replica.',
  remedy: 'Let pg_basebackup write standby.signal and primary_conninfo: -R.',
})

type Judged = Pick<DrillObservation, 'ledger' | 'primary' | 'witnessed' | 'building'>
/** A table or an account that is there already, a row under its key, a number that has passed, a log that is gone. */
const begunAgain = new Set([1007, 1050, 1062, 1236, 1396, 1950])

/** Names what went wrong when a replica was built. */
export const trapBuilding = check({
  id: 'replication/trap-building',
  rules: [trapBuildingLock, trapBuildingApart, trapBuildingPlace, trapBuildingNoReplica],
  *run({ ledger, primary, witnessed, building }: Judged) {
    if (building?.failed !== undefined) {
      const { node, kind, number = 0 } = building.failed
      if (kind === 'lock') yield trapBuildingLock.at('building.failed', { node })
      if (kind === 'no-replica') yield trapBuildingNoReplica.at('building.failed', { node })
      if (begunAgain.has(number)) yield trapBuildingPlace.at('building.failed', { node, number })
    }
    for (const { kind, node } of witnessed) {
      // A filter leaves rows out as well, and has its own name.
      const filtered = witnessed.some((each) => each.kind === 'filter' && each.node === node)
      if (kind !== 'built-apart' || filtered) continue
      const own = ledger.nodes.find((each) => each.node === node)
      const wrong =
        node === primary ? ledger.lost.length > 0 : (own?.missing.length ?? 0) + (own?.extra.length ?? 0) > 0
      if (wrong) yield trapBuildingApart.at('witnessed.built-apart', { node })
    }
  },
  examples: [
    { title: 'nothing went wrong', given: observed({}), yields: [] },
    { title: 'seen, and it was mended', given: observed({ witnessed: ['built-apart'] }), yields: [] },
    {
      title: 'it is promoted',
      given: observed({ lost: [1], witnessed: ['built-apart'] }),
      yields: [trapBuildingApart],
    },
    { title: 'a filter did it', given: observed({ lost: [1], witnessed: ['built-apart', 'filter'] }), yields: [] },
    { title: 'it waits for itself', given: observed({ failed: 'lock' }), yields: [trapBuildingLock] },
    { title: 'it follows nobody', given: observed({ failed: 'no-replica' }), yields: [trapBuildingNoReplica] },
    {
      title: 'it begins with the first statement',
      given: observed({ failed: 'stopped', number: 1_050 }),
      yields: [trapBuildingPlace],
    },
    { title: 'its tool failed', given: observed({ failed: 'tool' }), yields: [] },
  ],
})

interface Sketch {
  readonly lost?: readonly number[]
  readonly witnessed?: readonly Witnessed['kind'][]
  readonly failed?: FailureKind
  readonly number?: number
}

function observed({ lost = [], witnessed = [], failed, number }: Sketch): Judged {
  const end = failed === undefined ? {} : { failed: { node: 'node-2', kind: failed, why: 'it says so', number } }
  return {
    primary: 'node-2',
    witnessed: witnessed.map((kind) => ({ kind, node: 'node-2' })),
    building: { id: 'some', replicas: [], ...end },
    ledger: { acknowledged: 500, refused: 0, unknown: 0, lost, phantom: [], duplicate: [], splitBrain: [], nodes: [] },
  }
}
