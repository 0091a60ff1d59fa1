import { expect, test } from 'vitest'
import type { Cluster } from '../cluster.ts'
import type { Node, Row, Session } from './engine.ts'
import { drained } from './mariadb-steps.ts'

/** A replica that has stopped fetching and says this of itself. */
function replicaThatSays(status: Row, applied: string): { cluster: Cluster; node: Node } {
  const session: Session = {
    async query(statement) {
      if (/VERSION\(\)/i.test(statement)) return [{ version: '10.11.19-MariaDB' }]
      return /SHOW SLAVE STATUS/i.test(statement) ? [status] : [{ gtids: applied }]
    },
    async [Symbol.asyncDispose]() {
      // Nothing is held.
    },
  }
  // What the step asks for, and no more.
  const cluster = { options: { gtid: true }, session: async () => session } as unknown as Cluster
  return { cluster, node: { name: 'node-2', id: 2 } as unknown as Node }
}

const half = {
  Slave_IO_Running: 'No',
  Slave_SQL_Running: 'Yes',
  Read_Master_Log_Pos: 101_875,
  Exec_Master_Log_Pos: 101_831,
}

test('half a transaction that was fetched is not waited for: it is never applied, and was never acknowledged', async () => {
  const { cluster, node } = replicaThatSays({ ...half, Gtid_IO_Pos: '0-1-512' }, '0-1-512')
  await expect(drained(cluster, node, 500)).resolves.toBeUndefined()
})

test('a whole transaction that was fetched is waited for', async () => {
  const { cluster, node } = replicaThatSays({ ...half, Gtid_IO_Pos: '0-1-513' }, '0-1-512')
  await expect(drained(cluster, node, 200)).rejects.toThrow('512 of 513 transactions')
})
