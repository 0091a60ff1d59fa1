import { building } from '../building.ts'
import { hotBackup, startAt } from '../engines/mariadb-copy.ts'
import { purgeLogs } from '../faults/mariadb.ts'

/**
 * "GTID finds the place by itself": it does not. A backup has no gtid_slave_pos until somebody sets it, and the replica asks
 * for the log from the first statement on. Where that is still there it carries all out again, and nobody notices.
 */
export const backupWithoutPlace = building({
  id: 'backup-without-place',
  title: 'as hot-backup-gtid, without setting gtid_slave_pos, and the primary has no longer its first log',
  engine: 'mariadb',
  safe: false,
  gtid: true,
  async build(stage) {
    // That a replica finds nothing is no news of its own here: the drill's witness is left out.
    await purgeLogs({ ...stage, witness: () => undefined }, stage.source)
    await hotBackup(stage)
    await startAt(stage, { gtid: '' })
  },
})
