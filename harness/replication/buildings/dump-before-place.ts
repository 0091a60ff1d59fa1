import { building } from '../building.ts'
import { dump, endOfLog, load, startAt, withAccounts } from '../engines/mariadb-copy.ts'

/** What is written between the dump and the reading of the place is in neither. */
export const dumpBeforePlace = building({
  id: 'dump-before-place',
  title: 'a dump without lock or snapshot, and the position read when it is done',
  engine: 'mariadb',
  safe: false,
  gtid: false,
  async build(stage) {
    await dump(stage, '--skip-lock-tables', ...withAccounts)
    // Proves the gap: on an idle primary the two would be one.
    await stage.acknowledged(20)
    const place = await endOfLog(await stage.cluster.session(stage.source))
    await load(stage)
    await startAt(stage, place)
  },
})
