import { filesBench, places } from '../bench/files.ts'
import { changeByte } from '../bench/repository.ts'
import { drill } from '../drill.ts'

/** Disks and networks change bytes and say nothing. */
export const filesByteChanged = drill({
  id: 'files-byte-changed',
  title: 'one byte in the middle of the largest file of the repository is another',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    const truth = await bench.remember()
    await bench.backUp()
    context.progress(`changed: ${await changeByte(bench.host, places.REPOSITORY)}`)
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'report')
  },
})
