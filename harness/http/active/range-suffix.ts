import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { between } from '../random.ts'
import { isStill, lists, noPage } from './support/page.ts'

const bytesWrong = rule({
  id: 'http/range-suffix-bytes-wrong',
  level: 'error',
  reference: rfc(9110, '14.1.2'),
  says: (e: { asked: number; bytes: number }) =>
    `The last ${e.asked} bytes were asked for; the 206 carries ${e.bytes} others.`,
  wants: 'bytes=-N is answered with the last N bytes.',
  remedy: 'Read a range without a first position as a length from the end.',
})

const ignored = rule({
  id: 'http/range-suffix-ignored',
  level: 'warning',
  reference: rfc(9110, '14.1.2'),
  says: (e: { status: number }) =>
    `The page says Accept-Ranges: bytes, and a range that counts from the end is answered ${e.status}.`,
  wants: 'bytes=-N is answered with the last N bytes.',
  remedy: 'Serve suffix ranges too; archives and media players read the end first.',
})

const longRefused = rule({
  id: 'http/range-suffix-long-refused',
  level: 'warning',
  reference: rfc(9110, '14.1.2'),
  says: (e: { status: number }) => `A suffix longer than the content is answered ${e.status}.`,
  wants: 'A suffix longer than the content means all of it.',
  remedy: 'Cut the suffix to the length of the content instead of refusing it.',
})

interface Seen {
  readonly asked: number
  readonly short: { readonly status: number; readonly bytes: number; readonly right: boolean; readonly still: boolean }
  /** A suffix longer than the content. */
  readonly long: { readonly status: number }
}

const fine = { status: 206, bytes: 10, right: true, still: true }

/** The last bytes of the content: some of them, and more than there are. */
export const rangeSuffix = probe({
  id: 'http/range-suffix',
  rules: [bytesWrong, ignored, longRefused],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask, random } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const { body, bodyBytes: length } = base.response
    if (length < 2) return { notApplicable: 'the page is too short to have an end' }
    const asked = Math.min(between(random, 16, 97), length - 1)
    const { response } = await ask({ fields: [['Range', `bytes=-${asked}`]] })
    if (response.status !== 206 && !lists(base.response.fields.get('accept-ranges'), 'bytes')) {
      return { notApplicable: 'the page is not served in ranges, and does not say that it is' }
    }
    const right = response.status === 206 && Buffer.compare(body.subarray(length - asked), response.body) === 0
    const still = right || (await isStill(context))
    const long = await ask({ fields: [['Range', `bytes=-${length + 1000}`]] })
    return {
      asked,
      short: { status: response.status, bytes: response.bodyBytes, right, still },
      long: { status: long.response.status },
    }
  },
  *run({ asked, short, long }: Seen) {
    if (!short.right && short.still) {
      if (short.status === 206) yield bytesWrong.at('short.body', { asked, bytes: short.bytes })
      else yield ignored.at('short.status', { status: short.status })
    }
    if (long.status >= 400) yield longRefused.at('long.status', { status: long.status })
  },
  examples: [
    { title: 'the last bytes', given: { asked: 10, short: fine, long: { status: 206 } }, yields: [] },
    { title: 'all of it in full', given: { asked: 10, short: fine, long: { status: 200 } }, yields: [] },
    {
      title: 'a page that changes by itself',
      given: { asked: 10, short: { ...fine, right: false, still: false }, long: { status: 206 } },
      yields: [],
    },
    {
      title: 'the first bytes',
      given: { asked: 10, short: { ...fine, right: false }, long: { status: 206 } },
      yields: [bytesWrong],
    },
    {
      title: 'the whole page',
      given: { asked: 10, short: { ...fine, status: 200, right: false }, long: { status: 200 } },
      yields: [ignored],
    },
    { title: '416 to a long one', given: { asked: 10, short: fine, long: { status: 416 } }, yields: [longRefused] },
  ],
})
