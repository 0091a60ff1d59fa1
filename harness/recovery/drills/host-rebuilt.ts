import { hostBench } from '../bench/host.ts'
import { drill } from '../drill.ts'

/** The host is lost; an operator whose own files nobody else may read builds it anew. */
export const hostRebuilt = drill({
  id: 'host-rebuilt',
  title: 'a bare host is built until it serves, from a shell with umask 077',
  kinds: ['host'],
  async attempt(context) {
    await using bench = await hostBench(context)
    await bench.build({ umask: '077' })
    return await bench.judge('recovery')
  },
})
