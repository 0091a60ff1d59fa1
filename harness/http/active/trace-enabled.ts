import { probe, rfc, rule } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'

const echoed = rule({
  id: 'http/trace-enabled-echoed',
  level: 'warning',
  reference: rfc(9110, '9.3.8'),
  says: () => 'TRACE is answered with the request, fields and all.',
  wants: 'TRACE is refused on servers that the public can reach.',
  remedy: 'Switch it off (Apache: TraceEnable Off); it shows fields that proxies add and scripts must not see.',
})

interface Seen {
  readonly status: number
  /** A field of ours came back in the content. */
  readonly echoed: boolean
}

const marker = 'seatrial-trace-marker'

/** TRACE with a field of ours, which must not come back. */
export const traceEnabled = probe({
  id: 'http/trace-enabled',
  rules: [echoed],
  async gather({ ask }: ProbeContext): Promise<Seen> {
    const { response } = await ask({ method: 'TRACE', fields: [['X-Seatrial', marker]] })
    return { status: response.status, echoed: Buffer.from(response.body).includes(marker) }
  },
  *run({ status, echoed: came }: Seen) {
    if (status === 200 && came) yield echoed.at('response.body')
  },
  examples: [
    { title: 'refused', given: { status: 405, echoed: false }, yields: [] },
    { title: 'an error page that shows the request', given: { status: 403, echoed: true }, yields: [] },
    { title: 'echoed', given: { status: 200, echoed: true }, yields: [echoed] },
  ],
})
