import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** A copy over the network that broke, a disk that was full for a moment: who restores it must be told. */
export const databaseBackupTruncated = drill({
  id: 'database-backup-truncated',
  title: 'the backup is cut off in the middle where it lies, and is restored',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUp()
    await bench.spoil('cut-off')
    await bench.lose()
    await bench.restore()
    return await bench.judge('report')
  },
})
