import { hostBench } from '../bench/host.ts'
import { told } from '../checks/change.ts'
import { drill } from '../drill.ts'
import { compareManifests } from '../manifest/compare.ts'

/** Two hosts that are built alike are alike. */
export const hostRebuiltTwice = drill({
  id: 'host-rebuilt-twice',
  title: 'two bare hosts are built one after the other, and compared',
  kinds: ['host'],
  async attempt(context) {
    await using first = await hostBench(context)
    await using second = await hostBench(context)
    await first.build()
    await second.build()
    const differences = compareManifests(await first.look(), await second.look())
    const what = told(differences)
    return await second.judge('recovery', differences.length > 0 ? [{ kind: 'not-repeatable', what }] : [])
  },
})
