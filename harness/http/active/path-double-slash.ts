import { document, probe, rfc, rule } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { isRedirect } from './support/follow.ts'
import { isServerFailure } from './support/reaction.ts'

const leadsAway = rule({
  id: 'http/path-double-slash-leads-away',
  level: 'error',
  reference: document('CWE-601', 'https://cwe.mitre.org/data/definitions/601.html'),
  says: (e: { asked: string; location: string }) =>
    `A request for ${e.asked} is redirected to ${e.location}, which browsers read as another host.`,
  wants: 'A redirect made from the path stays on the host.',
  remedy: 'Fold leading slashes before the path goes into Location, or write scheme and host before it.',
})

const failed = rule({
  id: 'http/path-double-slash-failed',
  level: 'warning',
  reference: rfc(3986, '3.3'),
  says: (e: { asked: string; status: number }) => `A request for ${e.asked} is answered ${e.status}.`,
  wants: 'A path that begins with two slashes is answered 404, 400, or as the path with one.',
  remedy: 'Look at the server log; such a path is no URL of its own, and must not be parsed as one.',
})

interface Tried {
  /** The target in the request line. */
  readonly asked: string
  readonly status: number
  /** Location of a redirect to the host that the path names; null otherwise. */
  readonly away: string | null
}

interface Seen {
  readonly base: number
  readonly tried: readonly Tried[]
}

const foreign = 'seatrial.invalid'
const seen = (more: Partial<Tried> = {}): Seen => ({
  base: 200,
  tried: [{ asked: `//${foreign}/`, status: 404, away: null, ...more }],
})

/**
 * Paths that read as a host when they come back as a Location: one for servers that take a slash
 * away at the end, one for those that add it.
 */
export const pathDoubleSlash = probe({
  id: 'http/path-double-slash',
  rules: [leadsAway, failed],
  async gather({ url, base, ask }: ProbeContext): Promise<Seen> {
    const tried: Tried[] = []
    for (const asked of [`//${foreign}/seatrial/`, `//${foreign}/%2e%2e`]) {
      const { response } = await ask({ target: asked })
      const location = response.fields.get('location')
      const away =
        location !== undefined && isRedirect(response.status) && URL.parse(location, url.href)?.hostname === foreign
      tried.push({ asked, status: response.status, away: away ? location : null })
    }
    return { base: base.response.status, tried }
  },
  *run({ base, tried }: Seen) {
    for (const [index, { asked, status, away }] of tried.entries()) {
      if (away !== null) yield leadsAway.at(`tried.${index}.fields.location`, { asked, location: away })
      if (status !== base && isServerFailure(status)) yield failed.at(`tried.${index}.status`, { asked, status })
    }
  },
  examples: [
    { title: 'not found', given: seen(), yields: [] },
    { title: 'a redirect to the path with one slash', given: seen({ status: 308 }), yields: [] },
    {
      title: 'the slash at the end is taken away',
      given: seen({ status: 301, away: `//${foreign}/seatrial` }),
      yields: [leadsAway],
    },
    { title: 'an exception', given: seen({ status: 500 }), yields: [failed] },
  ],
})
