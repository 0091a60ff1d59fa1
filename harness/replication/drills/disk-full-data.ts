import { waitFor } from '../../kernel/index.ts'
import { fullDisk } from '../../substrate/index.ts'
import { drill } from '../drill.ts'
import { smallFolder } from '../engines/engine.ts'

/** The primary has no room for rows: it lives, answers reads and refuses writes, until somebody deletes a file. */
export const diskFullData = drill({
  id: 'disk-full-data',
  title: 'the data disk of the primary is full, a replica is promoted, and the disk has room again',
  replicas: 2,
  engine: 'mariadb',
  equipment: { smallDisks: [{ node: 1, holds: 'data', bytes: 128 * 2 ** 20 }] },
  async disturb({ cluster, primary, writers, clientsAt, keep, fault, acknowledged, witness, note }) {
    await clientsAt(primary)
    await acknowledged(200)
    await fault(`the data disk of ${primary.name} fills up`)
    keep(await fullDisk(primary.machine, { path: smallFolder }))
    let before = -1
    await waitFor(
      `${primary.name} to refuse every write for want of space`,
      () => {
        // 1114: the table is full; 1021: the disk is full.
        const refused = (writers.refusals()[1114] ?? 0) + (writers.refusals()[1021] ?? 0)
        const now = writers.acknowledged()
        const moved = now !== before
        before = now
        return refused > 0 && !moved ? { done: true } : { seen: `${refused} refused, ${now} acknowledged` }
      },
      { deadlineMs: 10_000, everyMs: 100 },
    )
    await (await cluster.session(primary)).query('SELECT COUNT(*) FROM app.ledger')
    note(`${primary.name} refuses writes and answers reads`)
    witness({ kind: 'disk-full-data', node: primary.name })
  },
  async promote({ acknowledged, heal }, attempt) {
    const promoted = await attempt()
    if (promoted === undefined) return undefined
    await acknowledged(50)
    await heal()
    await acknowledged(200)
    return promoted
  },
})
