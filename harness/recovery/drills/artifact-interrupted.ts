import { killedBeforeEach } from '../bench/artifact-killed.ts'
import { artifactBench } from '../bench/artifact.ts'
import { drill } from '../drill.ts'

/** Killed before each step in turn, and run again: the new release serves, or, when it says so, the old one. */
export const artifactInterrupted = drill({
  id: 'artifact-interrupted',
  title: 'the upgrade is killed before each of its steps, and run again',
  kinds: ['artifact'],
  async attempt(context) {
    await using bench = await artifactBench(context, { installed: '1.8.0', downloaded: { '1.9.0': 'whole' } })
    await bench.upgrade()
    const whole = await bench.after('1.9.0')
    const witnessed = await killedBeforeEach(bench, whole)
    // How long it was away is the affair of whoever runs it again.
    return { ...(await bench.judge(whole, 'recovery', witnessed)), recoveryMs: undefined }
  },
})
