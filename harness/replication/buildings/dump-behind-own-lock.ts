import { building } from '../building.ts'
import { dumpBehindOwnLock, endOfLog, load, lockedWhile, startAt } from '../engines/mariadb-copy.ts'

/** The documents' locked dump: it works as long as nobody writes. */
export const dumpBehindOwnLockBuilding = building({
  id: 'dump-behind-own-lock',
  title: 'the documents: FLUSH TABLES WITH READ LOCK in one session, a dump with locks of its own in another',
  engine: 'mariadb',
  safe: false,
  gtid: false,
  async build(stage) {
    const place = await lockedWhile(stage, async (session) => {
      const at = await endOfLog(session)
      await dumpBehindOwnLock(stage, session)
      return at
    })
    await load(stage)
    await startAt(stage, place)
  },
})
