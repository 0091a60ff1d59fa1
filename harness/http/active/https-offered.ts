import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { patienceMs } from './support/reaction.ts'

const unused = rule({
  id: 'http/https-offered-unused',
  level: 'warning',
  reference: rfc(6797, '7.2'),
  says: (e: { plain: number; secure: number }) =>
    `The page is served in the clear (${e.plain}), although https answers at the same name (${e.secure}).`,
  wants: 'Where https is spoken, http only leads there.',
  remedy: 'Answer http with 308, or 301, to the same place on https.',
})

interface Seen {
  /** Status of the page on http. */
  readonly plain: number
  /** Status of the same path on https; undefined when nobody speaks TLS there. */
  readonly secure: number | undefined
}

/** Whether a page of http is one of https that forgot to lead there. */
export const httpsOffered = probe({
  id: 'http/https-offered',
  rules: [unused],
  async gather({ url, base, send }: ProbeContext): Promise<Seen | NotApplicable> {
    if (url.protocol !== 'http:') return { notApplicable: 'the page is on https already' }
    const secure = new URL(url)
    // The same port where one is named: it may speak both. Otherwise that of https.
    secure.protocol = 'https:'
    const { response } = await send({ url: secure.href, deadlineMs: patienceMs })
    return { plain: base.response.status, secure: response?.status }
  },
  *run({ plain, secure }: Seen) {
    if (secure === undefined || secure >= 400) return
    if (plain >= 200 && plain < 300) yield unused.at('response.status', { plain, secure })
  },
  examples: [
    { title: 'http leads away', given: { plain: 308, secure: 200 }, yields: [] },
    { title: 'there is no https', given: { plain: 200, secure: undefined }, yields: [] },
    { title: 'https has something else there', given: { plain: 200, secure: 404 }, yields: [] },
    { title: 'both have the page', given: { plain: 200, secure: 200 }, yields: [unused] },
  ],
})
