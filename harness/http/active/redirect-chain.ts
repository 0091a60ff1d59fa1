import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import type { Chain } from './support/follow.ts'
import { followRedirects, isRedirect } from './support/follow.ts'

const looped = rule({
  id: 'http/redirect-chain-looped',
  level: 'error',
  reference: rfc(9110, '15.4'),
  says: (e: { at: string }) => `The redirects come back to ${e.at}: nobody ever sees a page.`,
  wants: 'A chain of redirects ends at a page.',
  remedy:
    'Look at both ends for one that undoes the other: http and https, with and without www, with and without slash.',
})

const endless = rule({
  id: 'http/redirect-chain-endless',
  level: 'error',
  reference: rfc(9110, '15.4'),
  says: (e: { hops: number }) => `After ${e.hops} redirects there is still no page.`,
  wants: 'A chain of redirects ends at a page.',
  remedy: 'Look for a rule that adds something to the address at every step.',
})

const malformed = rule({
  id: 'http/redirect-chain-malformed',
  level: 'error',
  reference: rfc(9110, '10.2.2'),
  says: (e: { at: string }) => `The redirect at ${e.at} has a Location that is no address.`,
  wants: 'Location is a URI reference.',
  remedy: 'Look for a variable that is empty where Location is put together.',
})

const long = rule({
  id: 'http/redirect-chain-long',
  level: 'warning',
  reference: rfc(9110, '15.4'),
  says: (e: { hops: number }) => `It takes ${e.hops} redirects to come to a page.`,
  wants: 'A page is three redirects away at most.',
  remedy: 'Redirect straight to the last address; every step is a round trip.',
})

const downgraded = rule({
  id: 'http/redirect-chain-downgraded',
  level: 'warning',
  reference: rfc(9110, '17.9'),
  says: () => 'A redirect leads from https to http.',
  wants: 'Who is on https stays there.',
  remedy: 'Write https into Location, or let proxies tell the application that the client came by https.',
})

const broken = rule({
  id: 'http/redirect-chain-broken',
  level: 'warning',
  reference: rfc(9110, '15.4'),
  says: (e: { at: string; status: number }) => `The redirects end at ${e.at}, which answers ${e.status}.`,
  wants: 'A chain of redirects ends at a page.',
  remedy: 'Correct the last Location, or take the redirect away.',
})

const unfollowed = rule({
  id: 'http/redirect-chain-unfollowed',
  level: 'info',
  reference: rfc(9110, '15.4'),
  says: (e: { at: string }) => `The redirects lead to ${e.at}, where this run may not, or cannot, go on.`,
  wants: 'A chain of redirects can be followed to its end.',
  remedy: 'Allow that address in the plan, or look at it by itself.',
})

const seen = (more: Partial<Chain> = {}): Chain => ({
  hops: 1,
  end: 'answered',
  at: '/page',
  status: 200,
  downgraded: false,
  ...more,
})

/** Where the page's redirect leads in the end. */
export const redirectChain = probe({
  id: 'http/redirect-chain',
  rules: [looped, endless, malformed, long, downgraded, broken, unfollowed],
  async gather(context: ProbeContext): Promise<Chain | NotApplicable> {
    const { status, fields } = context.base.response
    if (!isRedirect(status) || !fields.has('location')) return { notApplicable: 'the page does not redirect' }
    return followRedirects(context)
  },
  *run({ hops, end, at, status, downgraded: down }: Chain) {
    if (end === 'looped') yield looped.at('response.fields.location', { at })
    if (end === 'endless') yield endless.at('response.fields.location', { hops })
    if (end === 'malformed') yield malformed.at('response.fields.location', { at })
    if (hops > 3 && (end === 'answered' || end === 'left')) yield long.at('response.fields.location', { hops })
    if (down) yield downgraded.at('response.fields.location')
    if (end === 'left') yield unfollowed.at('response.fields.location', { at })
    // 401 and 403 are pages for those who may not see more.
    if (end === 'answered' && (status === 404 || status === 410 || status >= 500)) {
      yield broken.at('response.fields.location', { at, status })
    }
  },
  examples: [
    { title: 'one step to a page', given: seen(), yields: [] },
    {
      title: 'to somebody else',
      given: seen({ end: 'left', at: 'https://other.test/', status: 302 }),
      yields: [unfollowed],
    },
    { title: 'back to the beginning', given: seen({ hops: 2, end: 'looped', status: 302 }), yields: [looped] },
    { title: 'on and on', given: seen({ hops: 10, end: 'endless', status: 302 }), yields: [endless] },
    { title: 'to nowhere', given: seen({ hops: 0, end: 'malformed', status: 302 }), yields: [malformed] },
    { title: 'four steps', given: seen({ hops: 4 }), yields: [long] },
    { title: 'back to http', given: seen({ downgraded: true }), yields: [downgraded] },
    { title: 'to a page that is gone', given: seen({ status: 404 }), yields: [broken] },
  ],
})
