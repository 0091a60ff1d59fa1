import { rfc, rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { newcomers } from '../bench/newcomers.ts'
import { valuesOf } from '../bench/served.ts'

export const cookieCacheableShared = rule({
  id: 'loadbalancing/cookie-cacheable-shared',
  level: 'error',
  reference: rfc(9111, '5.2.2.7'),
  says: ({ cookie, control }: { cookie: string; control: string }) =>
    `An answer that sets ${cookie} may be kept by a shared cache: Cache-Control: ${control}.`,
  wants: 'An answer that sets the cookie of one visitor is given to no other.',
  remedy: 'Let the balancer mark it: cookie NAME insert indirect nocache.',
})

export interface CookieCacheableSeen {
  readonly cookie: string
  /** Cache-Control of each answer that sets the cookie. */
  readonly controls: readonly string[]
}

/** Where a server lets its answer be cached, the balancer does not let its own cookie be cached with it. */
export const cookieCacheable = balancerProbe({
  id: 'loadbalancing/cookie-cacheable',
  rules: [cookieCacheableShared],
  expects: ({ expect: { sticky } }) =>
    sticky === undefined ? notAsked('no stickiness is expected (expect.sticky)') : { sticky },
  async gather(bench, { sticky }) {
    const { cookie } = sticky
    const fields = [['Cache-Control', 'public, max-age=60']] as const
    await bench.behave(Object.fromEntries((await bench.servers()).map(({ id }) => [id, { fields }])))
    const welcomed = await newcomers(bench, cookie)
    return { cookie, controls: welcomed.map((each) => valuesOf(each.fields, 'cache-control').join(', ')) }
  },
  *run({ cookie, controls }: CookieCacheableSeen) {
    const open = controls.find((control) => !/(?:^|,)\s*(?:private|no-store)\s*(?:[,=]|$)/i.test(control))
    if (open !== undefined) yield cookieCacheableShared.at('answer.fields.cache-control', { cookie, control: open })
  },
  examples: [
    {
      title: 'private beside what the server said',
      given: { cookie: 'SERVERID', controls: ['public, max-age=60, private'] },
      yields: [],
    },
    { title: 'not stored at all', given: { cookie: 'SERVERID', controls: ['no-store'] }, yields: [] },
    {
      title: 'as the server said',
      given: { cookie: 'SERVERID', controls: ['public, max-age=60, private', 'public, max-age=60'] },
      yields: [cookieCacheableShared],
    },
  ],
})
