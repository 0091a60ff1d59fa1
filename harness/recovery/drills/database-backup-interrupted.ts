import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** A backup that is written over the last one leaves none while it runs. */
export const databaseBackupInterrupted = drill({
  id: 'database-backup-interrupted',
  title: 'the host goes down in the middle of the second backup, and the first is restored',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUp()
    await bench.write()
    await bench.backUpEnded('script')
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
