import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** Between a backup and the moment that is asked for there is only the log: the last order before must be there, no later one. */
export const databasePointInTime = drill({
  id: 'database-point-in-time',
  title: 'a table is dropped and rows are deleted, and the database is restored as it was just before',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUp()
    await bench.write()
    const at = await bench.mistake()
    await bench.lose()
    await bench.restore({ env: { AT: String(at) } })
    return await bench.judge('recovery')
  },
})
