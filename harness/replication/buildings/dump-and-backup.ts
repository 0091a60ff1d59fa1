import { building } from '../building.ts'
import { dumpWithoutAccounts } from './dump-without-accounts.ts'
import { hotBackupByPosition } from './hot-backup.ts'

/** Replicas of two kinds: a statement about accounts that one of them needs stops the other. */
export const dumpAndBackup = building({
  id: 'dump-and-backup',
  title: 'the first replica by dump-without-accounts, the others by hot-backup',
  engine: 'mariadb',
  safe: false,
  gtid: false,
  async build(stage) {
    const first = stage.cluster.nodes.find((node) => node !== stage.source) === stage.replica
    await (first ? dumpWithoutAccounts : hotBackupByPosition).build(stage)
  },
})
