import { check, document, rule } from '../../kernel/index.ts'
import type { Witnessed } from '../drill.ts'
import type { DrillObservation } from '../run-drill.ts'

/** What a full disk does to a promotion. Traps are of level info, because the rows or the promotion are the failure already. */
const fullDisk = document(
  'MySQL Reference Manual: How MySQL handles a full disk',
  'https://dev.mysql.com/doc/refman/8.0/en/full-disk.html',
)

export const trapDiskFreed = rule({
  id: 'replication/trap-disk-freed',
  level: 'info',
  reference: fullDisk,
  says: ({ node }: { node: string }) =>
    `Disk freed: ${node} refused writes (1114) while its data disk was full, lived on, and took writes again as soon as there was room.`,
  wants: 'An old primary whose disk was full takes no writes once another node is primary.',
  remedy:
    'Fence it before the disk is cleared: stop it, cut it off, or let it wait for a replica (semi-synchronous) that no longer answers to it.',
})

export const trapDiskHang = rule({
  id: 'replication/trap-disk-hang',
  level: 'info',
  reference: fullDisk,
  says: ({ node, log }: { node: string; log: string }) =>
    `Hangs for space: the disk of ${node} for its ${log} is full; it reports no error, lets people in, looks again once a minute, and what it is asked meanwhile waits with it.`,
  wants: 'A promotion asks no node that hangs, or asks with a limit of time and goes on without it.',
  remedy:
    'Give every question of the promotion a limit of time, leave out what does not answer, and fence the old primary from outside; watch the free space of the disks that hold logs.',
})

const logs: Readonly<Partial<Record<Witnessed['kind'], string>>> = {
  'disk-full-binlog': 'binary log',
  'disk-full-relay-log': 'relay log',
}

type Judged = Pick<DrillObservation, 'ledger' | 'witnessed' | 'failed'>

/** Names the trap of a disk that was full. */
export const trapDisk = check({
  id: 'replication/trap-disk',
  rules: [trapDiskFreed, trapDiskHang],
  *run({ ledger, witnessed, failed }: Judged) {
    for (const { kind, node } of witnessed) {
      const wrong = ledger.splitBrain.length + ledger.lost.length > 0
      if (kind === 'disk-full-data' && wrong) yield trapDiskFreed.at(`witnessed.${kind}`, { node })
      const log = logs[kind]
      if (log !== undefined && failed !== undefined) yield trapDiskHang.at(`witnessed.${kind}`, { node, log })
    }
  },
  examples: [
    { title: 'a full disk that did no harm', given: observed({ witnessed: 'disk-full-data' }), yields: [] },
    {
      title: 'the old primary took writes again',
      given: observed({ witnessed: 'disk-full-data', splitBrain: true }),
      yields: [trapDiskFreed],
    },
    {
      title: 'the promotion hung at the old primary',
      given: observed({ witnessed: 'disk-full-binlog', failed: 'no answer within 5 s' }),
      yields: [trapDiskHang],
    },
    {
      title: 'the promotion hung at a replica',
      given: observed({ witnessed: 'disk-full-relay-log', failed: 'no answer within 5 s' }),
      yields: [trapDiskHang],
    },
    { title: 'it was left out', given: observed({ witnessed: 'disk-full-relay-log' }), yields: [] },
  ],
})

interface Sketch {
  readonly witnessed: Witnessed['kind']
  readonly splitBrain?: boolean
  readonly failed?: string
}

function observed({ witnessed, splitBrain, failed }: Sketch): Judged {
  return {
    failed,
    witnessed: [{ kind: witnessed, node: 'node-1' }],
    ledger: {
      acknowledged: 500,
      refused: 0,
      unknown: 0,
      lost: [],
      phantom: [],
      duplicate: [],
      splitBrain: splitBrain === true ? [{ era: 1, origins: ['node-1', 'node-2'] }] : [],
      nodes: [],
    },
  }
}
