import { building } from '../building.ts'
import { baseBackup } from '../engines/postgres-copy.ts'

/** Copied without standby.signal it recovers and is a primary of its own, which takes writes. */
export const baseBackupWithoutSignal = building({
  id: 'base-backup-without-signal',
  title: 'as base-backup, without standby.signal',
  engine: 'postgres',
  safe: false,
  gtid: false,
  build: (stage) => baseBackup(stage, { signal: false }),
})
