import { building } from '../building.ts'
import { dump, load, placeInDump, startAt, withAccounts } from '../engines/mariadb-copy.ts'

/** One snapshot, which tells its own place; writes go on. Only for tables of InnoDB. */
export const hotDump = building({
  id: 'hot-dump',
  title: 'a dump of one snapshot (--single-transaction --master-data), followed by file and position',
  engine: 'mariadb',
  safe: true,
  gtid: false,
  async build(stage) {
    await dump(stage, '--single-transaction', '--master-data=2', ...withAccounts)
    await load(stage)
    await startAt(stage, await placeInDump(stage))
  },
})
