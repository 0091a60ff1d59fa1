import { filesBench } from '../bench/files.ts'
import { drill } from '../drill.ts'

/** Somebody saved over it this morning: what is wanted is the state of yesterday. */
export const filesEarlierTime = drill({
  id: 'files-earlier-time',
  title: 'the state between two backups is restored',
  kinds: ['files'],
  async attempt(context) {
    await using bench = await filesBench(context)
    await bench.backUp()
    const truth = await bench.remember()
    const between = await bench.change()
    await bench.backUp()
    await bench.lose()
    await bench.restore({ env: { AT: String(between) } })
    return await bench.judge(truth, 'recovery')
  },
})
