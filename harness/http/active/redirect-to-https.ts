import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'

const temporary = rule({
  id: 'http/redirect-to-https-temporary',
  level: 'warning',
  reference: rfc(9110, '15.4.9'),
  says: (e: { status: number }) => `The way to https is answered ${e.status}, a temporary redirect.`,
  wants: 'The way from http to https is answered 301 or 308.',
  remedy: 'Use 308, or 301; a temporary redirect is asked for again in the clear at every visit.',
})

const hostChanged = rule({
  id: 'http/redirect-to-https-host-changed',
  level: 'warning',
  reference: rfc(6797, '7.2'),
  says: (e: { from: string; to: string }) => `http on ${e.from} redirects to https on ${e.to}.`,
  wants: 'http redirects to https on the same host first.',
  remedy: 'Redirect to https on the same host, and from there to the other: only so can the first host set HSTS.',
})

const pathLost = rule({
  id: 'http/redirect-to-https-path-lost',
  level: 'warning',
  reference: rfc(9110, '15.4'),
  says: (e: { asked: string; to: string }) => `A request for ${e.asked} is redirected to ${e.to}.`,
  wants: 'The redirect to https keeps path and query.',
  remedy: 'Write path and query into the redirect (nginx: return 308 https://$host$request_uri).',
})

interface Seen {
  readonly status: number
  readonly from: string
  /** Host of the redirect; path and query that were asked for, and where they led. */
  readonly to: string
  readonly asked: string
  readonly path: string
}

const asked = '/seatrial/deep?kept=yes'
const seen = (more: Partial<Seen> = {}): Seen => ({
  status: 308,
  from: 'origin.test',
  to: 'origin.test',
  asked,
  path: asked,
  ...more,
})

/** How a page of http leads to https, asked with a deeper path. */
export const redirectToHttps = probe({
  id: 'http/redirect-to-https',
  rules: [temporary, hostChanged, pathLost],
  async gather({ url, base, ask }: ProbeContext): Promise<Seen | NotApplicable> {
    if (url.protocol !== 'http:') return { notApplicable: 'the page is on https already' }
    if (targetOf(base.response.fields.get('location'), url)?.protocol !== 'https:') {
      return { notApplicable: 'the page does not redirect to https' }
    }
    const { response } = await ask({ url: new URL(asked, url).href })
    const target = targetOf(response.fields.get('location'), new URL(asked, url))
    if (target?.protocol !== 'https:') return { notApplicable: 'only the page itself redirects to https' }
    return {
      status: base.response.status,
      from: url.hostname,
      to: target.hostname,
      asked,
      path: `${target.pathname}${target.search}`,
    }
  },
  *run({ status, from, to, asked: wanted, path }: Seen) {
    if (status !== 301 && status !== 308) yield temporary.at('response.status', { status })
    if (from !== to) yield hostChanged.at('response.fields.location', { from, to })
    else if (path !== wanted) yield pathLost.at('deep.fields.location', { asked: wanted, to: path })
  },
  examples: [
    { title: 'the same place on https, for good', given: seen(), yields: [] },
    { title: 'found', given: seen({ status: 302 }), yields: [temporary] },
    { title: 'straight to another host', given: seen({ to: 'www.origin.test' }), yields: [hostChanged] },
    { title: 'everything to the front page', given: seen({ path: '/' }), yields: [pathLost] },
  ],
})

function targetOf(location: string | undefined, from: URL): URL | undefined {
  return location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined
}
