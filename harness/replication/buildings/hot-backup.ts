import { building } from '../building.ts'
import { hotBackup, startAt } from '../engines/mariadb-copy.ts'

/** A copy of the files, with accounts and all; what was written meanwhile is applied to it by its preparation. */
export const hotBackupByPosition = building({
  id: 'hot-backup',
  title: 'mariabackup: backup, prepare, move in place; followed by file and position',
  engine: 'mariadb',
  safe: true,
  gtid: false,
  async build(stage) {
    const { file, position } = await hotBackup(stage)
    await startAt(stage, { file, position })
  },
})
