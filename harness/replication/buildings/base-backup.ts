import { building } from '../building.ts'
import { baseBackup } from '../engines/postgres-copy.ts'

/** The data folder and the log of what was written meanwhile; its settings name the primary (-R). */
export const baseBackupBuilding = building({
  id: 'base-backup',
  title: 'pg_basebackup -R, with the log streamed beside it',
  engine: 'postgres',
  safe: true,
  gtid: false,
  build: (stage) => baseBackup(stage),
})
