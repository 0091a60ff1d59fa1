import { regionBench } from '../bench/region.ts'
import { drill } from '../drill.ts'

/** A copy that was begun is not yet a copy: only who looks again is told that it failed. */
export const regionCopyFails = drill({
  id: 'region-copy-fails',
  title: 'the copy of the second volume ends in error, once',
  kinds: ['region'],
  async attempt(context) {
    await using bench = await regionBench(context)
    await bench.backUp([{ operation: 'CopySnapshot', fault: 'snapshot-error', call: 2 }])
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
