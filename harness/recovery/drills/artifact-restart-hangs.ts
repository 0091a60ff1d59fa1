import { artifactBench } from '../bench/artifact.ts'
import { drill } from '../drill.ts'

/** The restart waits for a server that never gets to listen. */
export const artifactRestartHangs = drill({
  id: 'artifact-restart-hangs',
  title: 'the restart with the new release does not come back',
  kinds: ['artifact'],
  async attempt(context) {
    await using bench = await artifactBench(context, { installed: '1.8.0', downloaded: { '1.9.0': 'hanging' } })
    // Two restarts may take 4 s each: whoever is not back by then waits for ever.
    await bench.upgrade({ env: { PATIENCE: '4' }, deadlineSeconds: 12 })
    return await bench.judge(bench.before, 'refusal')
  },
})
