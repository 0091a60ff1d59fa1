import { regionBench } from '../bench/region.ts'
import { drill } from '../drill.ts'

/** The limit of snapshots is reached: the first volume can be saved, of the second a report is all that is possible. */
export const regionCopiesRefused = drill({
  id: 'region-copies-refused',
  title: 'the other region takes no more copies after the first',
  kinds: ['region'],
  async attempt(context) {
    await using bench = await regionBench(context)
    await bench.backUp([{ operation: 'CopySnapshot', fault: 'SnapshotLimitExceeded', from: 2 }])
    await bench.lose()
    await bench.restore()
    return { ...(await bench.judge('report')), strikes: 'backup', saved: ['orders'] }
  },
})
