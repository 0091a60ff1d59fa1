import { filesBench, places } from '../bench/files.ts'
import { grownBy } from '../bench/repository.ts'
import { drill } from '../drill.ts'

const MiB = 2 ** 20

/** A backup that was killed is run again the next night, and only then the host is lost. */
export const filesBackupResumed = drill({
  id: 'files-backup-resumed',
  title: 'the second backup is killed in the middle and run again',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    await bench.backUp()
    await bench.change({ addedBytes: 24 * MiB })
    const truth = await bench.remember()
    await bench.backUp({ killWhen: await grownBy(bench.host, places.REPOSITORY, 8 * MiB) })
    await bench.backUp()
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'recovery')
  },
})
