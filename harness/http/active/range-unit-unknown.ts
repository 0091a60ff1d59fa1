import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { noPage } from './support/page.ts'

const served = rule({
  id: 'http/range-unit-unknown-served',
  level: 'error',
  reference: rfc(9110, '14.2'),
  says: () => 'A Range in a unit that does not exist is answered 206.',
  wants: 'A Range in an unknown unit is ignored: the whole page is sent.',
  remedy: 'Read the unit before the numbers; what a client counts in something else is not bytes.',
})

const refused = rule({
  id: 'http/range-unit-unknown-refused',
  level: 'warning',
  reference: rfc(9110, '14.2'),
  says: (e: { status: number }) => `A Range in a unit that does not exist is answered ${e.status}.`,
  wants: 'A Range in an unknown unit is ignored: the whole page is sent.',
  remedy: 'Ignore a Range whose unit is not served, so that new units can come into use.',
})

interface Seen {
  readonly status: number
}

/** The first of something that is not bytes. */
export const rangeUnitUnknown = probe({
  id: 'http/range-unit-unknown',
  rules: [served, refused],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noPage(context)
    if (without !== undefined) return without
    const { response } = await context.ask({ fields: [['Range', 'seatrial=0-0']] })
    return { status: response.status }
  },
  *run({ status }: Seen) {
    if (status === 206) yield served.at('response.status')
    // Other refusals are policy; these mean that the field was taken for more than it is.
    if (status === 400 || status === 416 || status >= 500) yield refused.at('response.status', { status })
  },
  examples: [
    { title: 'the whole page', given: { status: 200 }, yields: [] },
    { title: 'taken for bytes', given: { status: 206 }, yields: [served] },
    { title: 'no such range', given: { status: 416 }, yields: [refused] },
  ],
})
