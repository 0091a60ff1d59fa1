import { databaseBench } from '../bench/database.ts'
import { drill } from '../drill.ts'

/** Its script lives on, and sees the end of it or does not: an exit code is lost easily in a pipe. */
export const databaseDumpKilled = drill({
  id: 'database-dump-killed',
  title: 'the program that copies is killed in the middle of a backup, as when memory runs out',
  kinds: ['mariadb', 'postgres'],
  async attempt(context) {
    await using bench = await databaseBench(context)
    const told = await bench.backUpEnded('tool')
    // Who is told makes another one.
    if (told.said === 'failed') await bench.backUp()
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
