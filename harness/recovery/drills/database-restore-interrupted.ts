import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** A connection that breaks takes the restore along. What it left is what the next one finds. */
export const databaseRestoreInterrupted = drill({
  id: 'database-restore-interrupted',
  title: 'a restore is killed in the middle and run again',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUp()
    await bench.lose()
    await bench.restoreEnded()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
