import { regionBench } from '../bench/region.ts'
import { drill } from '../drill.ts'

/** What was copied by then can be saved; of the rest a report is all that is possible. */
export const regionLostWhileCopying = drill({
  id: 'region-lost-while-copying',
  title: 'the region is lost in the middle of the backup, after the copy of the first volume',
  kinds: ['region'],
  async attempt(context) {
    await using bench = await regionBench(context)
    await bench.backUp([{ operation: 'CreateSnapshot', fault: 'reset', executed: false, from: 2 }])
    await bench.lose()
    await bench.restore()
    return { ...(await bench.judge('report')), strikes: 'backup', saved: ['orders'] }
  },
})
