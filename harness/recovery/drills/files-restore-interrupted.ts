import { filesBench, places } from '../bench/files.ts'
import { holdsMoreThan } from '../bench/kill-when.ts'
import { drill } from '../drill.ts'

const largeBytes = 48 * 2 ** 20

/** The connection of whoever restores breaks in the middle; the next one begins again. */
export const filesRestoreInterrupted = drill({
  id: 'files-restore-interrupted',
  title: 'the restore is killed when half of it is there, and run again',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context, { largeBytes })
    const truth = await bench.backUpTwice()
    await bench.lose()
    const half = { name: 'half of it is there', holds: holdsMoreThan(places.TARGET, largeBytes / 1_024 / 2) }
    await bench.restore({ killWhen: half })
    await bench.restore()
    return await bench.judge(truth, 'recovery')
  },
})
