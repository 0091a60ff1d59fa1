import { filesBench, places } from '../bench/files.ts'
import { takeFileAway } from '../bench/repository.ts'
import { drill } from '../drill.ts'

/** A repository without its newest file looks like a repository that is one backup older. */
export const filesNewestMissing = drill({
  id: 'files-newest-missing',
  title: 'the newest file of the repository is gone',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    const truth = await bench.backUpTwice()
    context.progress(`gone: ${await takeFileAway(bench.host, places.REPOSITORY, 'newest')}`)
    await bench.lose()
    await bench.restore()
    return await bench.judge(truth, 'report')
  },
})
