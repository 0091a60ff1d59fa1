import { artifactBench } from '../bench/artifact.ts'
import { drill } from '../drill.ts'
import { compareManifests } from '../manifest/compare.ts'
import type { Witnessed } from '../seen.ts'

/** Nothing goes wrong: 1.10 is newer than 1.9, 1.11.0-rc1 is no release, and a second run has nothing to do. */
export const artifactUpgraded = drill({
  id: 'artifact-upgraded',
  title: 'the newest release is 1.10.0, after 1.9.0, and a candidate for the next lies beside it',
  kinds: ['artifact'],
  async attempt(context) {
    const downloaded = { '1.2.0': 'whole', '1.10.0': 'whole', '1.11.0-rc1': 'whole' } as const
    await using bench = await artifactBench(context, { installed: '1.9.0', downloaded })
    const truth = await bench.after('1.10.0')
    await bench.upgrade()
    // A second run might mend what the first one left.
    const wrong = compareManifests(truth, await bench.look())
    if (wrong.length > 0) return await bench.judge(truth, 'recovery')
    const announced = bench.clients.announced()
    await bench.upgrade()
    const again = bench.clients.announced() - announced
    const what = `the second run had nothing to do, and sent ${again} clients away`
    const witnessed: readonly Witnessed[] = again > 0 ? [{ kind: 'touched', what }] : []
    return await bench.judge(truth, 'recovery', witnessed)
  },
})
