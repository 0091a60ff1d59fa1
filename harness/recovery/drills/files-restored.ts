import { filesBench } from '../bench/files.ts'
import { drill } from '../drill.ts'

/** Nothing goes wrong but the loss itself: a full backup, changes, an increment, and everything gone. */
export const filesRestored = drill({
  id: 'files-restored',
  title: 'a full backup and an increment are restored on an empty host',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    const truth = await bench.backUpTwice()
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'recovery')
  },
})
