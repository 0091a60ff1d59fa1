import { hostBench } from '../bench/host.ts'
import { drill } from '../drill.ts'

/** Since the versions were tried the mirror got newer ones; it still has the old. */
export const hostMirrorStale = drill({
  id: 'host-mirror-stale',
  title: 'the mirror offers newer versions than those that were tried',
  kinds: ['host'],
  async attempt(context) {
    await using bench = await hostBench(context, 'tomorrow')
    await bench.build()
    return await bench.judge('recovery')
  },
})
