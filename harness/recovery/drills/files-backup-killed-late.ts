import { filesBench } from '../bench/files.ts'
import { drill } from '../drill.ts'

const MiB = 2 ** 20

/** A backup of several steps is killed between them: the files are there, and what belongs to them is not. */
export const filesBackupKilledLate = drill({
  id: 'files-backup-killed-late',
  title: 'the third backup is killed two commands before its last one, and then the host is lost',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    await bench.backUp()
    await bench.change({ addedBytes: MiB })
    const truth = await bench.remember()
    // The first one does what is done once, so that only the second one tells how many commands there are.
    await bench.backUp()
    const commands = (await bench.steps()).length
    await bench.change({ addedBytes: MiB })
    await bench.backUp({ stopBefore: Math.max(1, commands - 2) })
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'recovery')
  },
})
