import { building } from '../building.ts'
import { dump, endOfLog, gtidAt, load, lockedWhile, startAt, withAccounts } from '../engines/mariadb-copy.ts'

/** As locked-dump, and the replica is told the transaction at which the log stood. */
export const lockedDumpGtid = building({
  id: 'locked-dump-gtid',
  title: 'a dump under FLUSH TABLES WITH READ LOCK, followed by GTID',
  engine: 'mariadb',
  safe: true,
  gtid: true,
  async build(stage) {
    const gtid = await lockedWhile(stage, async (session) => {
      await dump(stage, '--skip-lock-tables', ...withAccounts)
      return gtidAt(session, await endOfLog(session))
    })
    await load(stage)
    await startAt(stage, { gtid })
  },
})
