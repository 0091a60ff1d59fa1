import { rule } from '../../kernel/index.ts'
import { postgresCheck } from '../health/health-check.ts'
import { replicasOf } from '../health/health.ts'
import type { Slot } from '../health/postgres/cluster.ts'
import { samplePostgres } from '../health/postgres/sample.ts'
import { postgresPage } from '../postgres-pages.ts'

const slotsView = postgresPage('54.19 pg_replication_slots', 'view-pg-replication-slots.html')

interface OfSlot {
  readonly [key: string]: string | number
  readonly node: string
  readonly slot: string
  readonly bytes: number
}

export const replicationSlotInactive = rule({
  id: 'replication/replication-slot-inactive',
  level: 'warning',
  reference: slotsView,
  says: ({ node, slot, bytes }: OfSlot) =>
    `Nobody uses slot ${slot} of ${node}, which keeps ${bytes} bytes of WAL for it, and more with every write.`,
  wants: 'Every slot is used.',
  remedy: 'Bring its standby back, or pg_drop_replication_slot() it; max_slot_wal_keep_size bounds what it may cost.',
})

export const replicationSlotHolding = rule({
  id: 'replication/replication-slot-holding',
  level: 'warning',
  reference: slotsView,
  says: ({ node, slot, bytes }: OfSlot) =>
    `Slot ${slot} of ${node} holds ${bytes} bytes of WAL back, which is more than max_wal_size.`,
  wants: 'A standby takes its WAL before the primary would remove it.',
  remedy: 'Find out why its standby is slow; the disk of the primary fills up meanwhile.',
})

export const replicationSlotLost = rule({
  id: 'replication/replication-slot-lost',
  level: 'error',
  reference: slotsView,
  says: ({ node, slot }: { node: string; slot: string }) =>
    `Slot ${slot} of ${node} is lost: WAL that its standby needs has been removed.`,
  wants: 'The WAL that a standby needs is there.',
  remedy: 'Build its standby anew with pg_basebackup, and drop the slot; raise max_slot_wal_keep_size.',
})

export const replicationSlotAbsent = rule({
  id: 'replication/replication-slot-absent',
  level: 'warning',
  reference: postgresPage('27.2.6 Replication Slots', 'warm-standby.html#STREAMING-REPLICATION-SLOTS'),
  says: ({ node, slot, standby }: { node: string; slot: string; standby: string }) =>
    `${node} has no slot ${slot}: once it is primary, ${standby} cannot follow it before somebody creates it.`,
  wants: 'A node that may be promoted has the slots that the others ask for.',
  remedy:
    'pg_create_physical_replication_slot() on it as part of the promotion; slots are not replicated before PostgreSQL 17.',
})

/** Slots: what they keep on the primary, and whether they are there on the day after. */
export const replicationSlot = postgresCheck({
  id: 'replication/replication-slot',
  rules: [replicationSlotInactive, replicationSlotHolding, replicationSlotLost, replicationSlotAbsent],
  *run(cluster) {
    for (const { node, slots } of cluster.nodes) {
      for (const { name: slot, active, state, heldBytes: bytes } of slots) {
        const place = `nodes.${node}.slots.${slot}`
        if (state === 'lost') yield replicationSlotLost.at(place, { node, slot })
        else if (state === 'extended' || state === 'unreserved')
          yield replicationSlotHolding.at(place, { node, slot, bytes })
        // A slot that was never used keeps nothing: prepared for the day after, as it should be.
        else if (!active && state !== '') yield replicationSlotInactive.at(place, { node, slot, bytes })
      }
    }
    const standbys = replicasOf(cluster)
    for (const { node, slots } of standbys) {
      for (const { node: standby, slotUsed: slot } of standbys) {
        if (standby === node || slot === '' || slots.some(({ name }) => name === slot)) continue
        yield replicationSlotAbsent.at(`nodes.${node}.slots.${slot}`, { node, slot, standby })
      }
    }
  },
  examples: [
    { title: 'none', given: samplePostgres(), yields: [] },
    { title: 'one that is used', given: withSlot({}), yields: [] },
    { title: 'one that nobody uses', given: withSlot({ active: false }), yields: [replicationSlotInactive] },
    { title: 'one that was never used', given: withSlot({ active: false, state: '', heldBytes: 0 }), yields: [] },
    { title: 'one whose standby is slow', given: withSlot({ state: 'extended' }), yields: [replicationSlotHolding] },
    { title: 'one that is lost', given: withSlot({ active: false, state: 'lost' }), yields: [replicationSlotLost] },
    {
      title: 'a standby uses one that the other standby has not',
      given: samplePostgres({ standby: { slotUsed: 'two' } }),
      yields: [replicationSlotAbsent],
    },
  ],
})

function withSlot(changes: Partial<Slot>): ReturnType<typeof samplePostgres> {
  return samplePostgres({
    primary: { slots: [{ name: 'two', active: true, state: 'reserved', heldBytes: 4_096, ...changes }] },
  })
}
