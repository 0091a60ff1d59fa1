import { textOf } from '../../engines/engine.ts'
import type { AskingSession } from '../read-only-session.ts'
import type { Sender, Slot } from './cluster.ts'

/** Who receives WAL from a node, and for whom it keeps some. */

export async function readSenders(session: AskingSession): Promise<readonly Sender[]> {
  const rows = await session.ask(`SELECT application_name AS name, host(client_addr) AS address, state,
    sync_state AS sync FROM pg_stat_replication`)
  return rows.map((row) => ({
    name: textOf(row['name']),
    address: textOf(row['address']),
    state: textOf(row['state']),
    sync: textOf(row['sync']),
  }))
}

/** @param end bytes of WAL that the server has */
export async function readSlots(session: AskingSession, end: number): Promise<readonly Slot[]> {
  const rows = await session.ask(`SELECT slot_name AS name, active, wal_status AS state,
    restart_lsn - '0/0'::pg_lsn AS kept FROM pg_replication_slots WHERE NOT temporary`)
  return rows.map((row) => ({
    name: textOf(row['name']),
    active: row['active'] === true,
    state: textOf(row['state']),
    heldBytes: row['kept'] === null ? 0 : Math.max(0, end - Number(row['kept'])),
  }))
}
