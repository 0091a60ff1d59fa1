import { filesBench, places } from '../bench/files.ts'
import { readableIn } from '../bench/repository.ts'
import { drill } from '../drill.ts'

/** The passphrase in the safe is not the one that was used, and whoever has the disks has no passphrase at all. */
export const filesWrongPassphrase = drill({
  id: 'files-wrong-passphrase',
  title: 'the restore is given another passphrase, and the repository is read without any',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    const truth = await bench.remember()
    await bench.backUp()
    await bench.lose()
    await bench.restore({ env: { PASSPHRASE: `not ${places.PASSPHRASE}` } })
    return await bench.judge(truth, 'report', await readableIn(bench.host, places.REPOSITORY))
  },
})
