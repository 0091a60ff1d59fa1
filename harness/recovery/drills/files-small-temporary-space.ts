import { filesBench } from '../bench/files.ts'
import { drill } from '../drill.ts'

const MiB = 2 ** 20

/** The machine at the other place has a small /tmp, as many have, and a large disk for what comes back. */
export const filesSmallTemporarySpace = drill({
  id: 'files-small-temporary-space',
  title: 'the host that is restored to has 16 MiB of temporary space, less than the largest file',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context, { temporaryBytes: 16 * MiB, largeBytes: 24 * MiB })
    // The backup is made where there is room: only the restore is at the other place.
    const roomy = { env: { TMPDIR: '/var/tmp' } }
    const truth = await bench.backUpTwice(roomy)
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'recovery')
  },
})
