import { building } from '../building.ts'
import { endOfLog, hotBackup, startAt } from '../engines/mariadb-copy.ts'

/** The place of the primary in the place of the backup's own: what is written between the two is in neither. */
export const backupBeforePlace = building({
  id: 'backup-before-place',
  title: 'as hot-backup, with the position that the primary tells when it is done',
  engine: 'mariadb',
  safe: false,
  gtid: false,
  async build(stage) {
    await hotBackup(stage)
    await startAt(stage, await endOfLog(await stage.cluster.session(stage.source)))
  },
})
