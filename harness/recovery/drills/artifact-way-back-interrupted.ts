import { killedBeforeEach } from '../bench/artifact-killed.ts'
import { artifactBench } from '../bench/artifact.ts'
import { drill } from '../drill.ts'

/** The new release does not answer, and on the way to that, and on the way back, the script is killed and run again. */
export const artifactWayBackInterrupted = drill({
  id: 'artifact-way-back-interrupted',
  title: 'the upgrade to a release that does not answer is killed before each of its steps, and run again',
  kinds: ['artifact'],
  async attempt(context) {
    await using bench = await artifactBench(context, { installed: '1.8.0', downloaded: { '1.9.0': 'failing' } })
    await bench.upgrade()
    const witnessed = await killedBeforeEach(bench, undefined)
    return { ...(await bench.judge(bench.before, 'refusal', witnessed)), recoveryMs: undefined }
  },
})
