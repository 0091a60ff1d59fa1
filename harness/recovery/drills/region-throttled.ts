import { regionBench } from '../bench/region.ts'
import { drill } from '../drill.ts'

/** Many volumes in one night are what clouds slow down: what is asked again a moment later is answered. */
export const regionThrottled = drill({
  id: 'region-throttled',
  title: 'calls are answered with RequestLimitExceeded for a while',
  kinds: ['region'],
  async attempt(context) {
    await using bench = await regionBench(context)
    await bench.backUp([{ operation: 'CopySnapshot', fault: 'RequestLimitExceeded', from: 1, times: 2 }])
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
