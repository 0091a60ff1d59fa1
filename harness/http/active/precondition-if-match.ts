import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { parseEntityTag, unknownTag } from './support/entity-tag.ts'
import { noPage } from './support/page.ts'

// Not an error: on GET nothing is lost, and many frameworks leave If-Match to the application.
const ignored = rule({
  id: 'http/precondition-if-match-ignored',
  level: 'warning',
  reference: rfc(9110, '13.1.1'),
  says: (e: { status: number }) => `If-Match with a tag that never existed is answered ${e.status}.`,
  wants: 'A request whose If-Match does not hold is answered 412.',
  remedy: 'Evaluate If-Match; without it two people who save the same thing overwrite each other.',
})

const currentRefused = rule({
  id: 'http/precondition-if-match-current-refused',
  level: 'error',
  reference: rfc(9110, '13.1.1'),
  says: (e: { etag: string }) => `If-Match: ${e.etag}, the page's own strong ETag, is answered 412.`,
  wants: 'A request whose If-Match holds is carried out.',
  remedy: 'Compare If-Match with the ETag that clients are shown, by strong comparison.',
})

interface Seen {
  readonly etag: string
  readonly wrong: { readonly status: number }
  /** Weak tags never match strongly, so they are not asked about. */
  readonly current?: { readonly status: number }
}

/** If-Match on GET: with a wrong tag it must fail, with the right one it must not. */
export const preconditionIfMatch = probe({
  id: 'http/precondition-if-match',
  rules: [ignored, currentRefused],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const etag = base.response.fields.get('etag')
    const tag = parseEntityTag(etag)
    if (etag === undefined || tag === undefined) return { notApplicable: 'the page has no valid ETag' }
    const wrong = await ask({ fields: [['If-Match', unknownTag]] })
    if (tag.weak) return { etag, wrong: { status: wrong.response.status } }
    const current = await ask({ fields: [['If-Match', etag]] })
    // A page that got a new tag meanwhile may well refuse the old one.
    const now = current.response.status === 412 ? await ask() : base
    const moved = now.response.fields.get('etag') !== etag
    return {
      etag,
      wrong: { status: wrong.response.status },
      ...(moved ? {} : { current: { status: current.response.status } }),
    }
  },
  *run({ etag, wrong, current }: Seen) {
    if (wrong.status >= 200 && wrong.status < 300) yield ignored.at('wrong.status', { status: wrong.status })
    if (current?.status === 412) yield currentRefused.at('current.status', { etag })
  },
  examples: [
    {
      title: 'the wrong tag fails and the right one holds',
      given: { etag: '"a"', wrong: { status: 412 }, current: { status: 200 } },
      yields: [],
    },
    { title: 'a weak tag', given: { etag: 'W/"a"', wrong: { status: 412 } }, yields: [] },
    {
      title: 'If-Match is not looked at',
      given: { etag: '"a"', wrong: { status: 200 }, current: { status: 200 } },
      yields: [ignored],
    },
    {
      title: 'every If-Match fails',
      given: { etag: '"a"', wrong: { status: 412 }, current: { status: 412 } },
      yields: [currentRefused],
    },
  ],
})
