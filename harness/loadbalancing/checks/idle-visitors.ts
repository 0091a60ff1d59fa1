import { rule } from '../../kernel/index.ts'
import { balancerProbe } from '../balancer-probe.ts'
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
  async gather(bench) {
    const { idle } = bench.expect
    if (idle === undefined) return { notApplicable: 'nobody says how many connections are kept idle (expect.idle)' }
    const { visitors, withinMs } = idle
    using held = new DisposableStack()
    let kept = 0
    while (kept < visitors) {
      const some = Array.from({ length: Math.min(atOnce, visitors - kept) }, () =>
        held.use(bench.visitor({ deadlineMs: withinMs })),
      )
      const answers = await Promise.all(some.map((one) => one.ask()))
      const served = answers.filter(({ server }) => server !== undefined).length
      kept += served
      // Somebody found no room any more: more would only wait with him.
      if (served < some.length) break
    }
    return { idle: kept, withinMs, fastest: await next(bench) }
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

async function next(bench: Bench): Promise<IdleVisitorsSeen['fastest']> {
  using coming = new DisposableStack()
  const all: Visitor[] = Array.from({ length: newcomers }, () => coming.use(bench.visitor({ deadlineMs: patienceMs })))
  const answers = await Promise.all(all.map((one) => one.ask()))
  const [fastest] = answers.toSorted((a, b) => waited(a) - waited(b))
  return fastest === undefined ? { ms: Infinity, trouble: 'nobody asked' } : outcome(fastest)
}

function waited({ server, ms }: Answer): number {
  return server === undefined ? Infinity : ms
}

function outcome({ ms, server, status, trouble }: Answer): IdleVisitorsSeen['fastest'] {
  if (server !== undefined) return { ms, trouble: undefined }
  return { ms, trouble: trouble === undefined ? `is told ${status}` : `gets ${trouble}` }
}
