import { hostBench } from '../bench/host.ts'
import { drill } from '../drill.ts'

/** The mirror has only newer versions than those that were tried: a host of others is not the one that was lost. */
export const hostMirrorDropped = drill({
  id: 'host-mirror-dropped',
  title: 'the mirror has dropped the versions that were tried',
  kinds: ['host'],
  async attempt(context) {
    await using bench = await hostBench(context, 'later')
    await bench.build()
    return await bench.judge('refusal')
  },
})
