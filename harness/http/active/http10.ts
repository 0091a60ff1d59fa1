import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { isServerFailure } from './support/reaction.ts'

const chunked = rule({
  id: 'http/http10-chunked',
  level: 'error',
  reference: rfc(9112, '6.1'),
  says: (e: { coding: string }) => `A request of HTTP/1.0 is answered with Transfer-Encoding: ${e.coding}.`,
  wants: 'A client of HTTP/1.0 gets Content-Length, or the end of the connection.',
  remedy: 'Look at the version of the request before chunking; such a client shows the chunk sizes as content.',
})

const failed = rule({
  id: 'http/http10-failed',
  level: 'warning',
  reference: rfc(9110, '2.5'),
  says: (e: { status: number }) => `A request of HTTP/1.0 is answered ${e.status}.`,
  wants: 'A request of HTTP/1.0 is served, or refused with 400, 426 or 505.',
  remedy: 'Health checks and old proxies still speak HTTP/1.0: serve them, or refuse them by a clear status.',
})

const refused = rule({
  id: 'http/http10-refused',
  level: 'info',
  reference: rfc(9110, '15.6.6'),
  says: (e: { status: number }) => `A request of HTTP/1.0 is refused with ${e.status}.`,
  wants: 'Whoever still speaks HTTP/1.0 to this server knows that it is refused.',
  remedy: 'Make sure that no health check or old proxy depends on it.',
})

interface Seen {
  readonly base: number
  readonly status: number
  /** Transfer-Encoding of the answer; empty without. */
  readonly coding: string
}

/** The page, asked for in HTTP/1.0. */
export const http10 = probe({
  id: 'http/http10',
  rules: [chunked, failed, refused],
  async gather({ base, ask }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const { response } = await ask({ version: '1.0' })
    return {
      base: base.response.status,
      status: response.status,
      coding: response.fields.get('transfer-encoding') ?? '',
    }
  },
  *run({ base, status, coding }: Seen) {
    if (coding !== '') yield chunked.at('response.fields.transfer-encoding', { coding })
    if (status === base) return
    if (isServerFailure(status)) yield failed.at('response.status', { status })
    else if (status >= 400) yield refused.at('response.status', { status })
  },
  examples: [
    { title: 'served with a length', given: { base: 200, status: 200, coding: '' }, yields: [] },
    { title: 'chunked', given: { base: 200, status: 200, coding: 'chunked' }, yields: [chunked] },
    { title: 'an exception', given: { base: 200, status: 500, coding: '' }, yields: [failed] },
    { title: 'not supported', given: { base: 200, status: 505, coding: '' }, yields: [refused] },
  ],
})
