import { probe, rfc, rule } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { lists } from './support/page.ts'
import { isServerFailure } from './support/reaction.ts'

const failed = rule({
  id: 'http/options-failed',
  level: 'warning',
  reference: rfc(9110, '9.3.7'),
  says: (e: { status: number }) => `OPTIONS is answered ${e.status}.`,
  wants: 'OPTIONS tells what is possible, or is refused with 405 or 501.',
  remedy: 'Look at the server log; browsers send OPTIONS before requests of other sites.',
})

const getMissing = rule({
  id: 'http/options-get-missing',
  level: 'warning',
  reference: rfc(9110, '10.2.1'),
  says: (e: { allow: string }) => `Allow is "${e.allow}" and lacks GET, which is served.`,
  wants: 'Allow lists the methods that are served.',
  remedy: 'Make Allow from the routes that there are.',
})

const nothingTold = rule({
  id: 'http/options-nothing-told',
  level: 'info',
  reference: rfc(9110, '9.3.7'),
  says: (e: { status: number }) => `OPTIONS is answered ${e.status} without Allow or Access-Control-Allow-Methods.`,
  wants: 'An answer to OPTIONS tells which methods there are.',
  remedy: 'Send Allow, or refuse OPTIONS with 405.',
})

interface Seen {
  readonly base: number
  readonly status: number
  readonly allow: string | null
  /** The answer has a field of cross-origin sharing. */
  readonly crossOrigin: boolean
}

const seen = (more: Partial<Seen> = {}): Seen => ({
  base: 200,
  status: 204,
  allow: 'GET, HEAD, OPTIONS',
  crossOrigin: false,
  ...more,
})

/** OPTIONS of the page: plain, not a preflight. */
export const options = probe({
  id: 'http/options',
  rules: [failed, getMissing, nothingTold],
  async gather({ base, ask }: ProbeContext): Promise<Seen> {
    const { response } = await ask({ method: 'OPTIONS' })
    return {
      base: base.response.status,
      status: response.status,
      allow: response.fields.get('allow') ?? null,
      crossOrigin: response.fields.has('access-control-allow-methods'),
    }
  },
  *run({ base, status, allow, crossOrigin }: Seen) {
    if (isServerFailure(status) && status !== base) yield failed.at('response.status', { status })
    if (status < 200 || status >= 300) return
    if (allow === null && !crossOrigin) yield nothingTold.at('response.fields.allow', { status })
    if (allow !== null && base === 200 && !lists(allow, 'GET')) yield getMissing.at('response.fields.allow', { allow })
  },
  examples: [
    { title: 'Allow with GET', given: seen(), yields: [] },
    { title: 'refused', given: seen({ status: 405, allow: null }), yields: [] },
    { title: 'for browsers only', given: seen({ allow: null, crossOrigin: true }), yields: [] },
    { title: 'an exception', given: seen({ status: 500, allow: null }), yields: [failed] },
    { title: 'GET is left out', given: seen({ allow: 'POST' }), yields: [getMissing] },
    { title: 'an empty 200', given: seen({ status: 200, allow: null }), yields: [nothingTold] },
  ],
})
