import { building } from '../building.ts'
import { dump, endOfLog, load, lockedWhile, startAt, withAccounts } from '../engines/mariadb-copy.ts'

/** Nobody writes while the place is read and the dump is made; the dump takes no lock of its own. */
export const lockedDump = building({
  id: 'locked-dump',
  title: 'a dump under FLUSH TABLES WITH READ LOCK, followed by file and position',
  engine: 'mariadb',
  safe: true,
  gtid: false,
  async build(stage) {
    const place = await lockedWhile(stage, async (session) => {
      await dump(stage, '--skip-lock-tables', ...withAccounts)
      return endOfLog(session)
    })
    await load(stage)
    await startAt(stage, place)
  },
})
