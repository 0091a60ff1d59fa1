import { regionBench } from '../bench/region.ts'
import { drill } from '../drill.ts'

/** Whoever asks again has two copies, and pays for both every night. */
export const regionAnswerLost = drill({
  id: 'region-answer-lost',
  title: 'the answer to a copy is lost on the way, and the copy is made',
  kinds: ['region'],
  async attempt(context) {
    await using bench = await regionBench(context)
    await bench.backUp([{ operation: 'CopySnapshot', fault: 'reset', executed: true, call: 1 }])
    await bench.lose()
    await bench.restore()
    return await bench.judge('recovery')
  },
})
