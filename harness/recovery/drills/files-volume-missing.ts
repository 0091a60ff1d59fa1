import { filesBench, places } from '../bench/files.ts'
import { takeFileAway } from '../bench/repository.ts'
import { drill } from '../drill.ts'

/** A file of the repository is gone, as when a copy to another place was not complete. */
export const filesVolumeMissing = drill({
  id: 'files-volume-missing',
  title: 'the largest file of the repository is gone',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    const truth = await bench.backUpTwice()
    context.progress(`gone: ${await takeFileAway(bench.host, places.REPOSITORY, 'largest')}`)
    await bench.lose()
    // Long enough to say so, too short for what asks for the file again and again.
    await bench.restore({ deadlineSeconds: 30 })
    return await bench.judge(truth, 'report')
  },
})
