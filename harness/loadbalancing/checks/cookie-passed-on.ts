import { rfc, rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { newcomers } from '../bench/newcomers.ts'
import { arrivals, served, valuesOf } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'

export const cookiePassedOnSeen = rule({
  id: 'loadbalancing/cookie-passed-on-seen',
  level: 'warning',
  reference: haproxyManual('4.2-cookie'),
  says: ({ cookie, told }: { cookie: string; told: string }) =>
    `The balancer’s own cookie ${cookie} comes to the server: Cookie: ${told}.`,
  wants: 'Servers see the cookies of the application, and not the one that the balancer made.',
  remedy: 'Let the balancer keep it for itself: cookie NAME insert indirect nocache.',
})

export const cookiePassedOnOthersLost = rule({
  id: 'loadbalancing/cookie-passed-on-others-lost',
  level: 'error',
  reference: rfc(6265, '5.4'),
  says: ({ sent, told }: { sent: string; told: string }) =>
    `A visitor sends Cookie: ${sent}, and of its other cookies the server sees ${told === '' ? 'none' : told}.`,
  wants: 'Cookies that are not the balancer’s come to the server as they were sent.',
  remedy: 'Remove only the balancer’s own cookie from requests, not the field Cookie.',
})

export interface CookiePassedOnSeen {
  readonly cookie: string
  /** It is meant to be seen by nobody but the balancer. */
  readonly hidden: boolean
  /** What the visitor sent, of which the balancer's own is one. */
  readonly sent: readonly string[]
  /** The cookies that came to the server. */
  readonly told: readonly string[]
}

/** The cookie that the balancer gave comes back to it alone; all others pass. */
export const cookiePassedOn = balancerProbe({
  id: 'loadbalancing/cookie-passed-on',
  rules: [cookiePassedOnSeen, cookiePassedOnOthersLost],
  expects: ({ expect: { sticky } }) =>
    sticky === undefined ? notAsked('no stickiness is expected (expect.sticky)') : { sticky },
  async gather(bench, { sticky }) {
    const { cookie, hidden } = sticky
    const [first] = await newcomers(bench, cookie)
    // In the middle, where cutting it out is easily done wrong.
    const sent = ['session=1', first.pair, 'theme=dark']
    using visitor = bench.visitor()
    const { visit } = served(await visitor.ask({ fields: { Cookie: sent.join('; ') } }))
    const lines = valuesOf((await arrivals(bench)).get(visit)?.fields ?? [], 'cookie')
    const told = lines.flatMap((line) => line.split(';')).map((pair) => pair.trim())
    return { cookie, hidden, sent, told: told.filter((pair) => pair !== '') }
  },
  *run({ cookie, hidden, sent, told }: CookiePassedOnSeen) {
    const isOwn = (pair: string): boolean => pair.startsWith(`${cookie}=`)
    const place = 'request.fields.cookie'
    if (hidden && told.some(isOwn)) yield cookiePassedOnSeen.at(place, { cookie, told: told.join('; ') })
    const others = told.filter((pair) => !isOwn(pair)).join('; ')
    if (others !== sent.filter((pair) => !isOwn(pair)).join('; ')) {
      yield cookiePassedOnOthersLost.at(place, { sent: sent.join('; '), told: others })
    }
  },
  examples: [
    {
      title: 'all but its own',
      given: {
        cookie: 'SERVERID',
        hidden: true,
        sent: ['session=1', 'SERVERID=a', 'theme=dark'],
        told: ['session=1', 'theme=dark'],
      },
      yields: [],
    },
    {
      title: 'all of them',
      given: {
        cookie: 'SERVERID',
        hidden: true,
        sent: ['session=1', 'SERVERID=a', 'theme=dark'],
        told: ['session=1', 'SERVERID=a', 'theme=dark'],
      },
      yields: [cookiePassedOnSeen],
    },
    {
      title: 'all of them, where servers may see it',
      given: {
        cookie: 'SERVERID',
        hidden: false,
        sent: ['session=1', 'SERVERID=a', 'theme=dark'],
        told: ['session=1', 'SERVERID=a', 'theme=dark'],
      },
      yields: [],
    },
    {
      title: 'the whole field removed',
      given: { cookie: 'SERVERID', hidden: true, sent: ['session=1', 'SERVERID=a', 'theme=dark'], told: [] },
      yields: [cookiePassedOnOthersLost],
    },
    {
      title: 'cut off behind its own',
      given: { cookie: 'SERVERID', hidden: true, sent: ['session=1', 'SERVERID=a', 'theme=dark'], told: ['session=1'] },
      yields: [cookiePassedOnOthersLost],
    },
  ],
})
