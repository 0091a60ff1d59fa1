import { waitFor } from '../../kernel/index.ts'
import { drill } from '../drill.ts'
import { fillLog } from '../faults/mariadb-disk.ts'

/** No write is refused: they wait, with every connection open, and reads go on as if all were well. */
export const diskFullBinlog = drill({
  id: 'disk-full-binlog',
  title: 'the disk of the primary for its binary log is full: writes hang without an error',
  replicas: 2,
  engine: 'mariadb',
  equipment: { smallDisks: [{ node: 1, holds: 'binary-log', bytes: 8 * 2 ** 20 }] },
  async disturb(stage) {
    const { cluster, primary, writers, fault, acknowledged, witness } = stage
    await acknowledged(200)
    await fault(`the disk of ${primary.name} for its binary log fills up`)
    await fillLog(stage, primary)
    let before = -1
    await waitFor(
      `writes on ${primary.name} to hang`,
      () => {
        const now = writers.acknowledged()
        const moved = now !== before
        before = now
        return moved ? { seen: `${now} acknowledged` } : { done: true }
      },
      { deadlineMs: 5_000, everyMs: 200 },
    )
    await (await cluster.session(primary)).query('SELECT COUNT(*) FROM app.ledger')
    witness({ kind: 'disk-full-binlog', node: primary.name })
  },
})
