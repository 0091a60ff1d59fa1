import { artifactBench } from '../bench/artifact.ts'
import { drill } from '../drill.ts'

/** The server starts with the new module, and every question is answered with 500. */
export const artifactBroken = drill({
  id: 'artifact-broken',
  title: 'the new release starts and answers every question with 500',
  kinds: ['artifact'],
  async attempt(context) {
    await using bench = await artifactBench(context, { installed: '1.8.0', downloaded: { '1.9.0': 'failing' } })
    await bench.upgrade()
    return await bench.judge(bench.before, 'refusal')
  },
})
