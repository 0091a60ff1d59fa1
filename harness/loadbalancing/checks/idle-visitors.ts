import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import type { Answer, Visitor } from '../bench/visitor.ts'
import { apacheManual } from '../references.ts'

const atOnce = 8
/** Who is locked out waits, and so do all who come with him; one answer alone may be slow on a machine that is busy. */
const newcomers = 3
const patienceMs = 15_000

export const idleVisitorsLockOut = rule({
  id: 'loadbalancing/idle-visitors-lock-out',
  level: 'error',
  reference: apacheManual('mod/event.html', 'event MPM'),
  says: ({ idle, told, withinMs }: { idle: number; told: string; withinMs: number }) =>
    `${idle} visitors keep a connection and ask nothing, and the next one ${told}; it should have an answer in ${withinMs} ms.`,
  wants: 'Connections that are kept for the next request keep nobody else from an answer.',
  remedy:
    'Let idle connections hold no worker: the event MPM in place of prefork, a short KeepAliveTimeout, room for more connections (maxconn, worker_connections), http-reuse safe before servers with few workers.',
})

export interface IdleVisitorsSeen {
  /** Connections that were kept, after one request each, when the next visitors came. */
  readonly idle: number
  readonly withinMs: number
  /** Of the next visitors, who came together, the one who waited least. */
  readonly fastest: { readonly ms: number; readonly trouble: string | undefined }
}

/** Visitors come, ask once and keep their connections; others come after them. */
export const idleVisitors = balancerProbe({
  id: 'loadbalancing/idle-visitors',
  rules: [idleVisitorsLockOut],
  expects: ({ expect: { idle } }) =>
    idle === undefined ? notAsked('nobody says how many connections are kept idle (expect.idle)') : { idle },
  async gather(bench, { idle }) {
    // Where workers are started one after another, the first crowd waits for them, and the second finds all of them.
    {
      using first = await gathered(bench, idle)
      if (first.waited === 0) return { withinMs: idle.withinMs, idle: first.kept, fastest: await next(bench) }
    }
    using crowd = await gathered(bench, idle)
    return { withinMs: idle.withinMs, idle: crowd.kept, fastest: await next(bench) }
  },
  *run({ idle, withinMs, fastest: { ms, trouble } }: IdleVisitorsSeen) {
    const told = trouble ?? `waits ${Math.round(ms)} ms`
    if (trouble !== undefined || ms > withinMs) yield idleVisitorsLockOut.at('answer', { idle, told, withinMs })
  },
  examples: [
    {
      title: 'room for others',
      given: { idle: 48, withinMs: 1_000, fastest: { ms: 4, trouble: undefined } },
      yields: [],
    },
    {
      title: 'a worker for each connection, until it is given up',
      given: { idle: 32, withinMs: 1_000, fastest: { ms: 7_028, trouble: undefined } },
      yields: [idleVisitorsLockOut],
    },
    {
      title: 'nobody is let in',
      given: { idle: 32, withinMs: 1_000, fastest: { ms: 15_000, trouble: 'gets no answer in 15000 ms' } },
      yields: [idleVisitorsLockOut],
    },
  ],
})

/** Visitors who ask once and keep their connections: as many as are wanted, or as find room. */
async function gathered(
  bench: Bench,
  { visitors, withinMs }: { readonly visitors: number; readonly withinMs: number },
): Promise<Disposable & { readonly kept: number; readonly waited: number }> {
  using coming = new DisposableStack()
  let [kept, waited, served] = [0, 0, 1]
  while (kept < visitors && served > 0) {
    const some = Array.from({ length: Math.min(atOnce, visitors - kept) }, () =>
      coming.use(bench.visitor({ deadlineMs: withinMs })),
    )
    const answers = await Promise.all(some.map((one) => one.ask()))
    // Who has no answer in time goes away, and another one comes in his place.
    served = answers.filter(({ server }) => server !== undefined).length
    kept += served
    waited += some.length - served
  }
  const held = coming.move()
  return { kept, waited, [Symbol.dispose]: () => held.dispose() }
}

async function next(bench: Bench): Promise<IdleVisitorsSeen['fastest']> {
  using coming = new DisposableStack()
  const all: Visitor[] = Array.from({ length: newcomers }, () => coming.use(bench.visitor({ deadlineMs: patienceMs })))
  const answers = await Promise.all(all.map((one) => one.ask()))
  const [fastest] = answers.toSorted((a, b) => wait(a) - wait(b))
  return fastest === undefined ? { ms: Infinity, trouble: 'nobody asked' } : outcome(fastest)
}

function wait({ server, ms }: Answer): number {
  return server === undefined ? Infinity : ms
}

function outcome({ ms, server, status, trouble }: Answer): IdleVisitorsSeen['fastest'] {
  if (server !== undefined) return { ms, trouble: undefined }
  return { ms, trouble: trouble === undefined ? `is told ${status}` : `gets ${trouble}` }
}
