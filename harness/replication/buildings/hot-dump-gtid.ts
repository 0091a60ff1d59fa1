import { building } from '../building.ts'
import { dump, gtidAt, load, placeInDump, startAt, withAccounts } from '../engines/mariadb-copy.ts'

/** As hot-dump, and the replica is told the transaction at the place of the dump. */
export const hotDumpGtid = building({
  id: 'hot-dump-gtid',
  title: 'a dump of one snapshot (--single-transaction --master-data), followed by GTID',
  engine: 'mariadb',
  safe: true,
  gtid: true,
  async build(stage) {
    await dump(stage, '--single-transaction', '--master-data=2', ...withAccounts)
    await load(stage)
    const gtid = await gtidAt(await stage.cluster.session(stage.source), await placeInDump(stage))
    await startAt(stage, { gtid })
  },
})
