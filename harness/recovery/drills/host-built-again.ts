import { hostBench } from '../bench/host.ts'
import { told } from '../checks/change.ts'
import { drill } from '../drill.ts'
import { compareManifests } from '../manifest/compare.ts'
import type { Witnessed } from '../seen.ts'

/** A host that is built already is built once more: nothing changes, and nothing fails. */
export const hostBuiltAgain = drill({
  id: 'host-built-again',
  title: 'a host that serves is built once more',
  kinds: ['host'],
  async attempt(context) {
    await using bench = await hostBench(context)
    await bench.build()
    const before = await bench.look()
    const again = await bench.build()
    const differences = compareManifests(before, await bench.look())
    const witnessed: Witnessed[] = []
    if (differences.length > 0) witnessed.push({ kind: 'not-repeatable', what: told(differences) })
    if (again.said !== 'done') {
      const last = again.output.trim().split('\n').at(-1) ?? ''
      witnessed.push({ kind: 'not-repeatable', what: `it ${again.said}, ${last.slice(0, 160)}` })
    }
    return await bench.judge('recovery', witnessed)
  },
})
