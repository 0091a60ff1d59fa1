import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** What the killed one left must neither stop the next nor be taken for it. */
export const databaseBackupRepeated = drill({
  id: 'database-backup-repeated',
  title: 'a backup is killed in the middle, the next one is made over its remains and restored',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUpEnded('script')
    await bench.write()
    await bench.backUp()
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
