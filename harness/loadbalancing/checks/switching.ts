import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import { arrivals } from '../bench/served.ts'
import { haproxyManual } from '../references.ts'
import type { Target } from '../section.ts'

export const switchingAstray = rule({
  id: 'loadbalancing/switching-astray',
  level: 'error',
  reference: haproxyManual('7.3.6-path'),
  says: ({ asked, pool, answered }: { asked: string; pool: string; answered: string }) =>
    `${asked} belongs to ${pool} and is answered by ${answered}.`,
  wants:
    'Each request is led to the pool that it belongs to, however its path is written, and what looks alike is not.',
  remedy:
    'Compare whole parts of the decoded path, not the address as text: acl NAME path,url_dec -m dir -i WORD, or -m beg /WORD/.',
})

export interface SwitchingSeen {
  readonly routes: readonly {
    /** `GET /blog of www.example.org`. */
    readonly asked: string
    readonly pool: string
    /** The pool whose server got it, or what came instead. */
    readonly answered: string
  }[]
}

/** Requests of the configured table come to the pools that it says. */
export const switching = balancerProbe({
  id: 'loadbalancing/switching',
  rules: [switchingAstray],
  expects: ({ switching: routes }) =>
    routes.length === 0 ? notAsked('no table of paths and pools is given (switching)') : { routes },
  async gather(bench, { routes }) {
    const asked = []
    for (const route of routes) asked.push({ route, ...(await ask(bench, route)) })
    // An answer without content, as to HEAD, does not tell who made it.
    const arrived = await arrivals(bench)
    return {
      routes: asked.map(({ route, visit, otherwise }) => {
        const server = arrived.get(visit)?.server
        const answered = server === undefined ? otherwise : server.slice(0, server.lastIndexOf('/'))
        const host = route.host ?? bench.target.host
        return { asked: `${route.method} ${route.path} of ${host}`, pool: route.pool, answered }
      }),
    }
  },
  *run({ routes }: SwitchingSeen) {
    for (const [at, { asked, pool, answered }] of routes.entries()) {
      if (answered !== pool) yield switchingAstray.at(`switching[${at}]`, { asked, pool, answered })
    }
  },
  examples: [
    {
      title: 'each at its own',
      given: {
        routes: [
          { asked: 'GET /blog of www.example.org', pool: 'blog', answered: 'blog' },
          { asked: 'GET /weblogs of www.example.org', pool: 'app', answered: 'app' },
        ],
      },
      yields: [],
    },
    {
      title: 'a look-alike',
      given: { routes: [{ asked: 'GET /weblogs of www.example.org', pool: 'app', answered: 'blog' }] },
      yields: [switchingAstray],
    },
    {
      title: 'no server of any pool',
      given: {
        routes: [{ asked: 'GET /blog of example.org', pool: 'blog', answered: 'the balancer itself, with status 503' }],
      },
      yields: [switchingAstray],
    },
  ],
})

async function ask(
  bench: Bench,
  { path, host = bench.target.host, method }: Target['switching'][number],
): Promise<{ visit: string; otherwise: string }> {
  // On a connection of its own: one that is kept could be held to its first pool.
  using visitor = bench.visitor({ host })
  const { visit, status, trouble } = await visitor.ask({ path, method })
  return {
    visit,
    otherwise: trouble === undefined ? `the balancer itself, with status ${status}` : `nobody: ${trouble}`,
  }
}
