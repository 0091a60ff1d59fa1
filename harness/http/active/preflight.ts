import { document, probe, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import type { ProbeContext } from '../probe-context.ts'

const fetchCors = document('Fetch standard, CORS protocol', 'https://fetch.spec.whatwg.org/#http-cors-protocol')

const credentialed = rule({
  id: 'http/preflight-credentialed',
  level: 'error',
  reference: fetchCors,
  says: () => 'A preflight allows a foreign origin by its name, with Access-Control-Allow-Credentials: true.',
  wants: 'Only origins on a list may send requests with the cookies of others.',
  remedy: 'Compare Origin with a list of whole origins; as it is, any site acts for the user who is signed in here.',
})

const unreadable = rule({
  id: 'http/preflight-unreadable',
  level: 'warning',
  reference: fetchCors,
  says: () => 'A preflight allows a foreign origin to GET the page, and the page itself does not.',
  wants: 'What a preflight allows is allowed by the answer to the request as well.',
  remedy: 'Send Access-Control-Allow-Origin from one place, with every method; browsers hide answers without it.',
})

const refused = rule({
  id: 'http/preflight-refused',
  level: 'warning',
  reference: document('Fetch standard, CORS-preflight fetch', 'https://fetch.spec.whatwg.org/#cors-preflight-fetch'),
  says: (e: { status: number }) => `The page may be read by every site, and its preflight is answered ${e.status}.`,
  wants:
    'Preflights are answered with 2xx, before anything asks who the user is: browsers send no credentials with them.',
  remedy: 'Answer OPTIONS before authentication and redirects.',
})

interface Seen {
  /** Status of the answer to the preflight. */
  readonly status: number
  /** The preflight allows our origin: by `*`, by its name, or by its name and with cookies. */
  readonly allows: 'nothing' | 'everybody' | 'origin' | 'credentials'
  /** The page says that our origin may read it; null where nobody asked, since nothing depends on it. */
  readonly readable: boolean | null
}

const seen = (more: Partial<Seen> = {}): Seen => ({ status: 204, allows: 'nothing', readable: null, ...more })

const origin = 'https://seatrial.invalid'

/** What a browser asks before a script of another site may GET the page with Authorization. */
export const preflight = probe({
  id: 'http/preflight',
  rules: [credentialed, unreadable, refused],
  async gather({ base, ask }: ProbeContext): Promise<Seen | NotApplicable> {
    if (base.response.status >= 500) return { notApplicable: `the page answers ${base.response.status}` }
    const answer = await ask({
      method: 'OPTIONS',
      fields: [
        ['Origin', origin],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Headers', 'authorization'],
      ],
    })
    const { status } = answer.response
    const allows = status >= 200 && status < 300 ? allowedBy(answer) : 'nothing'
    if (allows === 'nothing') return { status, allows, readable: allowedBy(base) === 'everybody' }
    const page = base.response.status < 300 ? allowedBy(await ask({ fields: [['Origin', origin]] })) : null
    return { status, allows, readable: page === null ? null : page !== 'nothing' }
  },
  *run({ status, allows, readable }: Seen) {
    if (allows === 'credentials') yield credentialed.at('response.fields.access-control-allow-origin')
    if (allows !== 'nothing' && readable === false) yield unreadable.at('get.fields.access-control-allow-origin')
    const turnedAway = (status >= 300 && status < 400) || status === 401 || status === 403 || status === 407
    if (turnedAway && readable === true) yield refused.at('response.status', { status })
  },
  examples: [
    { title: 'nothing for other sites', given: seen({ readable: false }), yields: [] },
    { title: 'a method that is not allowed', given: seen({ status: 405, readable: true }), yields: [] },
    { title: 'allowed twice', given: seen({ allows: 'everybody', readable: true }), yields: [] },
    { title: 'a redirect, which nothing depends on', given: seen({ allows: 'origin' }), yields: [] },
    {
      title: 'whoever asks, with cookies',
      given: seen({ allows: 'credentials', readable: true }),
      yields: [credentialed],
    },
    { title: 'allowed, and then not', given: seen({ allows: 'everybody', readable: false }), yields: [unreadable] },
    { title: 'sign in first', given: seen({ status: 401, readable: true }), yields: [refused] },
  ],
})

function allowedBy({ response: { fields } }: Message): Seen['allows'] {
  const allowed = fields.get('access-control-allow-origin')
  if (allowed === '*') return 'everybody'
  if (allowed !== origin) return 'nothing'
  return fields.get('access-control-allow-credentials') === 'true' ? 'credentials' : 'origin'
}
