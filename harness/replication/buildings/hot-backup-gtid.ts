import { building } from '../building.ts'
import { hotBackup, startAt } from '../engines/mariadb-copy.ts'

/** As hot-backup, with the transaction that the backup tells. */
export const hotBackupGtid = building({
  id: 'hot-backup-gtid',
  title: 'mariabackup: backup, prepare, move in place; followed by GTID',
  engine: 'mariadb',
  safe: true,
  gtid: true,
  async build(stage) {
    const { gtid } = await hotBackup(stage)
    await startAt(stage, { gtid })
  },
})
