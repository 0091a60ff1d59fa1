import { building } from '../building.ts'
import { dump, load, placeInDump, startAt } from '../engines/mariadb-copy.ts'

/** The application's schemas and nothing else: it replicates, and nobody can follow it once it is primary. */
export const dumpWithoutAccounts = building({
  id: 'dump-without-accounts',
  title: 'as hot-dump, of the schemas of the application alone',
  engine: 'mariadb',
  safe: false,
  gtid: false,
  async build(stage) {
    await dump(stage, '--single-transaction', '--master-data=2', '--databases app')
    await load(stage)
    await startAt(stage, await placeInDump(stage))
  },
})
