import { rule, waitFor } from '../../kernel/index.ts'
import { balancerProbe } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'
import type { Answer } from '../bench/visitor.ts'
import { haproxyManagement } from '../references.ts'

export const reloadLost = rule({
  id: 'loadbalancing/reload-lost',
  level: 'error',
  reference: haproxyManagement('4-reloading'),
  says: ({ lost, asked, reloads, first }: { lost: number; asked: number; reloads: number; first: string }) =>
    `${lost} of ${asked} requests were lost in ${reloads} reloads; the first: ${first}.`,
  wants: 'A new configuration costs no visitor an answer.',
  remedy:
    'Reload in place of restarting: the old process keeps its connections until they end, the new one has the port.',
})

export const reloadNothing = rule({
  id: 'loadbalancing/reload-nothing',
  level: 'error',
  reference: haproxyManagement('4-reloading'),
  says: ({ command }: { command: string }) => `After "${command}" no new worker came up.`,
  wants: 'What is called a reload makes the balancer read its configuration anew.',
  remedy: 'Run it in its master-worker mode, or name the command that your operators use: expect.reload.command.',
})

export interface ReloadSeen {
  readonly command: string
  readonly reloads: number
  /** Reloads after which a new worker came up. */
  readonly done: number
  readonly asked: number
  readonly lost: readonly string[]
}

const visitors = 6

/** Visitors ask all the time, on connections that are kept and on new ones, while the configuration is read anew. */
export const reload = balancerProbe({
  id: 'loadbalancing/reload',
  rules: [reloadLost, reloadNothing],
  expects: () => ({}),
  async gather(bench) {
    const { times, command } = bench.expect.reload
    const over = new AbortController()
    const answers: Answer[] = []
    const asking = Array.from({ length: visitors }, (_, at) => askOn(bench, at % 2 === 0, answers, over.signal))
    let done = 0
    try {
      for (let at = 0; at < times; at++) {
        await answered(bench, answers)
        if (await reloaded(bench, command)) done++
      }
      await answered(bench, answers)
    } finally {
      over.abort()
      await Promise.all(asking)
    }
    const lost = answers.filter(({ status, trouble }) => trouble !== undefined || status >= 500)
    return {
      command: command ?? bench.kind.reload,
      reloads: times,
      done,
      asked: answers.length,
      lost: lost.map(({ status, trouble }) => trouble ?? `status ${status}`),
    }
  },
  *run({ command, reloads, done, asked, lost }: ReloadSeen) {
    if (done < reloads) yield reloadNothing.at('workers', { command })
    const [first] = lost
    if (first !== undefined) yield reloadLost.at('answers', { lost: lost.length, asked, reloads, first })
  },
  examples: [
    { title: 'nobody notices', given: { command: 'r', reloads: 4, done: 4, asked: 900, lost: [] }, yields: [] },
    {
      title: 'a restart that is called a reload',
      given: { command: 'r', reloads: 4, done: 4, asked: 900, lost: ['status 503', 'ECONNREFUSED'] },
      yields: [reloadLost],
    },
    {
      title: 'a signal that nobody hears',
      given: { command: 'r', reloads: 4, done: 3, asked: 900, lost: [] },
      yields: [reloadNothing],
    },
  ],
})

/**
 * Asks one request after the other until it is over. On a connection that was kept, a request may meet its end: every client
 * asks again then, on a new one (RFC 9112 section 9.3.1), and only that answer counts.
 */
async function askOn(bench: Bench, keeps: boolean, answers: Answer[], over: AbortSignal): Promise<void> {
  let visitor = bench.visitor()
  try {
    while (!over.aborted) {
      const before = visitor.connections()
      const answer = await visitor.ask()
      const metItsEnd = answer.trouble !== undefined && before > 0 && visitor.connections() === before
      answers.push(metItsEnd ? await visitor.ask() : answer)
      if (keeps) continue
      visitor[Symbol.dispose]()
      visitor = bench.visitor()
    }
  } finally {
    visitor[Symbol.dispose]()
  }
}

/** Some more requests have been answered since now. */
async function answered({ signal }: Bench, answers: readonly Answer[]): Promise<void> {
  const wanted = answers.length + 5 * visitors
  const look = () => (answers.length >= wanted ? { done: undefined } : { seen: `${answers.length} answers` })
  await waitFor('visitors to be answered', look, { deadlineMs: 15_000, signal })
}

/** Whether a worker is there that was not there before. */
async function reloaded({ balancer, signal }: Bench, command: string | undefined): Promise<boolean> {
  const before = new Set(await balancer.workers())
  await balancer.reload(command)
  const look = async () => {
    const now = await balancer.workers().catch(() => [])
    return now.some((pid) => !before.has(pid)) ? { done: true } : { seen: `workers ${now.join(', ')}` }
  }
  return waitFor('a new worker', look, { deadlineMs: 5_000, signal }).catch(() => false)
}
