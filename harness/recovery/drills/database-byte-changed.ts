import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** One letter of one document: a dump of it is still good SQL, a page of it still a page. */
export const databaseByteChanged = drill({
  id: 'database-byte-changed',
  title: 'one byte of the backup is another one where it lies, and it is restored',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    await bench.backUp()
    await bench.spoil('byte-changed')
    await bench.lose()
    await bench.restore()
    return await bench.judge('report')
  },
})
