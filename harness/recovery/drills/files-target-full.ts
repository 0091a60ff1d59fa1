import { filesBench } from '../bench/files.ts'
import { drill } from '../drill.ts'

const MiB = 2 ** 20

/** The new host has a smaller disk than the one that was lost. */
export const filesTargetFull = drill({
  id: 'files-target-full',
  title: 'what is restored needs 24 MiB, and the disk has 20 MiB',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context, { targetBytes: 20 * MiB, largeBytes: 24 * MiB })
    const truth = await bench.backUpTwice()
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'report')
  },
})
