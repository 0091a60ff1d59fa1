import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { isStill } from './support/page.ts'

const different = rule({
  id: 'http/absolute-form-different',
  level: 'warning',
  reference: rfc(9112, '3.2.2'),
  says: (e: { absolute: number; origin: number }) =>
    `A request line with the whole URL is answered ${e.absolute}, and with the path alone ${e.origin}.`,
  wants: 'A server accepts the absolute form of a target and means the same by it.',
  remedy:
    'Take the path out of the target where requests are routed; rules that read the target as a path are passed by.',
})

interface Seen {
  readonly absolute: number
  readonly origin: number
  /** By its path the page still was what it had been. */
  readonly still: boolean
}

/** The whole URL in the request line, as clients write it to a proxy. */
export const absoluteForm = probe({
  id: 'http/absolute-form',
  rules: [different],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { url, base, ask } = context
    if (base.response.status >= 400) return { notApplicable: `the page answers ${base.response.status}` }
    const { response } = await ask({ target: `${url.origin}${url.pathname}${url.search}` })
    const [absolute, origin] = [response.status, base.response.status]
    return { absolute, origin, still: absolute === origin || (await isStill(context)) }
  },
  *run({ absolute, origin, still }: Seen) {
    if (still && absolute !== origin) yield different.at('response.status', { absolute, origin })
  },
  examples: [
    { title: 'the page', given: { absolute: 200, origin: 200, still: true }, yields: [] },
    { title: 'the page is gone meanwhile', given: { absolute: 404, origin: 200, still: false }, yields: [] },
    { title: 'taken for a path', given: { absolute: 404, origin: 200, still: true }, yields: [different] },
  ],
})
