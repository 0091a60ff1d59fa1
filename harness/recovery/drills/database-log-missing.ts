import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** Between the backup and the moment lie several logs, and one of them was tidied away. */
export const databaseLogMissing = drill({
  id: 'database-log-missing',
  title: 'one log between the backup and the moment that is asked for is gone',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUp()
    for (let log = 0; log < 3; log += 1) await bench.nextLog()
    const at = await bench.mistake()
    await bench.spoil('log-missing')
    await bench.lose()
    await bench.restore({ env: { AT: String(at) } })
    return await bench.judge('report')
  },
})
