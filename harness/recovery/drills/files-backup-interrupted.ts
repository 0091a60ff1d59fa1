import { filesBench, places } from '../bench/files.ts'
import { grownBy } from '../bench/repository.ts'
import { drill } from '../drill.ts'

const MiB = 2 ** 20

/** The host is lost while it saves: the last backup that was complete must come back. */
export const filesBackupInterrupted = drill({
  id: 'files-backup-interrupted',
  title: 'the second backup is killed in the middle, and then the host is lost',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    await bench.backUp()
    const truth = await bench.remember()
    await bench.change({ addedBytes: 24 * MiB })
    await bench.backUp({ killWhen: await grownBy(bench.host, places.REPOSITORY, 8 * MiB) })
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'recovery')
  },
})
