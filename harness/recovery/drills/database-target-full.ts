import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** Enough for an empty server, and less than the documents have: the disk is filled up at the other place. */
export const databaseTargetFull = drill({
  id: 'database-target-full',
  title: 'the disk of the new server has less room than the database needs',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUp()
    await bench.lose()
    await bench.leaveRoom()
    await bench.restore()
    return await bench.judge('report')
  },
})
