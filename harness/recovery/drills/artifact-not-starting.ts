import { artifactBench } from '../bench/artifact.ts'
import { drill } from '../drill.ts'

/** The server ends while it loads the new module. */
export const artifactNotStarting = drill({
  id: 'artifact-not-starting',
  title: 'the server does not start with the new release',
  kinds: ['artifact'],
  async attempt(context) {
    await using bench = await artifactBench(context, { installed: '1.8.0', downloaded: { '1.9.0': 'not-starting' } })
    await bench.upgrade()
    return await bench.judge(bench.before, 'refusal')
  },
})
