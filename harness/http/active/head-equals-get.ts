import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { isStill } from './support/page.ts'

const bodySent = rule({
  id: 'http/head-equals-get-body-sent',
  level: 'error',
  reference: rfc(9110, '9.3.2'),
  says: () => 'The answer to HEAD is followed by content.',
  wants: 'HEAD is answered without content.',
  remedy: 'Send no content to HEAD; the client takes it for the beginning of the next response.',
})

const lengthWrong = rule({
  id: 'http/head-equals-get-length-wrong',
  level: 'error',
  reference: rfc(9110, '8.6'),
  says: (e: { head: string; get: number }) =>
    `Content-Length is ${e.head} in the answer to HEAD; GET brings ${e.get} bytes.`,
  wants: 'Content-Length of HEAD is the length that GET sends, or is left out.',
  remedy: 'Compute the length as for GET, or leave Content-Length out of answers to HEAD.',
})

const statusDifferent = rule({
  id: 'http/head-equals-get-status-different',
  level: 'warning',
  reference: rfc(9110, '9.3.2'),
  says: (e: { head: number; get: number }) => `HEAD is answered ${e.head}, GET ${e.get}.`,
  wants: 'HEAD is answered as GET is, without the content.',
  remedy: 'Route HEAD to what answers GET; load balancers and link checkers ask with it.',
})

const fieldDifferent = rule({
  id: 'http/head-equals-get-field-different',
  level: 'warning',
  reference: rfc(9110, '9.3.2'),
  says: (e: { field: string; head: string; get: string }) =>
    `${e.field} is "${e.head}" in the answer to HEAD and "${e.get}" in that to GET.`,
  wants: 'HEAD and GET say the same of the page.',
  remedy: 'Make both answers by the same code, up to the content.',
})

// What HEAD may leave out, because only making the content brings it forth, is not asked for here.
const compared = [
  'Content-Type',
  'Content-Encoding',
  'Content-Language',
  'Content-Location',
  'ETag',
  'Last-Modified',
  'Location',
  'Cache-Control',
  'Vary',
]

interface Seen {
  readonly status: { readonly head: number; readonly get: number }
  readonly bodySent: boolean
  /** Content-Length of HEAD beside the bytes of GET; null where HEAD has none or GET has no end that we saw. */
  readonly length: { readonly head: string; readonly get: number } | null
  /** Fields that both answers have, with other values. */
  readonly different: readonly { readonly field: string; readonly head: string; readonly get: string }[]
  /** GET still brought the same after HEAD had differed. */
  readonly still: boolean
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  status: { head: 200, get: 200 },
  bodySent: false,
  length: { head: '10', get: 10 },
  different: [],
  still: true,
  ...more,
})

/** HEAD against the GET that the page was asked with. */
export const headEqualsGet = probe({
  id: 'http/head-equals-get',
  rules: [bodySent, lengthWrong, statusDifferent, fieldDifferent],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const { response, exchange } = await ask({ method: 'HEAD' })
    const status = { head: response.status, get: base.response.status }
    const said = response.fields.get('content-length')
    const length =
      said === undefined || !base.response.complete || status.head !== status.get
        ? null
        : { head: said, get: base.response.bodyBytes }
    const different = compared.flatMap((field) => {
      const [head, get] = [response.fields.get(field), base.response.fields.get(field)]
      return head === undefined || get === undefined || head === get ? [] : [{ field, head, get }]
    })
    const doubtful =
      status.head !== status.get || different.length > 0 || (length !== null && Number(length.head) !== length.get)
    return {
      status,
      bodySent: exchange.response?.problems.some(({ code }) => code === 'body-not-allowed') ?? false,
      length,
      different: status.head === status.get ? different : [],
      still: doubtful ? await isStill(context) : true,
    }
  },
  *run({ status, bodySent: sent, length, different, still }: Seen) {
    if (sent) yield bodySent.at('response.body')
    if (!still) return
    if (status.head !== status.get) yield statusDifferent.at('response.status', status)
    if (length !== null && Number(length.head) !== length.get) {
      yield lengthWrong.at('response.fields.content-length', length)
    }
    for (const evidence of different) {
      yield fieldDifferent.at(`response.fields.${evidence.field.toLowerCase()}`, evidence)
    }
  },
  examples: [
    { title: 'the same without content', given: seen(), yields: [] },
    { title: 'no length at all', given: seen({ length: null }), yields: [] },
    {
      title: 'a page that changes by itself',
      given: seen({ length: { head: '9', get: 10 }, still: false }),
      yields: [],
    },
    { title: 'content after all', given: seen({ bodySent: true }), yields: [bodySent] },
    { title: 'length 0', given: seen({ length: { head: '0', get: 10 } }), yields: [lengthWrong] },
    {
      title: 'HEAD is not allowed',
      given: seen({ status: { head: 405, get: 200 }, length: null }),
      yields: [statusDifferent],
    },
    {
      title: 'another type',
      given: seen({ different: [{ field: 'Content-Type', head: 'text/plain', get: 'text/html' }] }),
      yields: [fieldDifferent],
    },
  ],
})
