import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** Nothing goes wrong but the loss itself. */
export const databaseRestored = drill({
  id: 'database-restored',
  title: 'a backup that was made while orders were written is restored on an empty server',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.write()
    await bench.backUp()
    await bench.write()
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
