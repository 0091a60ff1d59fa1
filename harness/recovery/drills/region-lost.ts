import { regionBench } from '../bench/region.ts'
import { drill } from '../drill.ts'

/** The night's copies are made; in the morning the home region is gone. */
export const regionLost = drill({
  id: 'region-lost',
  title: 'the region with the volumes is lost after the backup; they come back in the other one',
  kinds: ['region'],
  async attempt(context) {
    await using bench = await regionBench(context)
    await bench.backUp()
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
