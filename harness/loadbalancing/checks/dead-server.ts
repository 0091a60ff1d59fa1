import { rule, waitFor } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { mayBeOut } from '../bench/health.ts'
import type { Loaded } from '../bench/load.ts'
import { startLoad } from '../bench/load.ts'
import type { Bench } from '../bench/open-bench.ts'
import { oneOfSeveral } from '../bench/pool.ts'
import { haproxyManual } from '../references.ts'

const visitors = 8
/** Some requests are under way at a server in every moment, the moment of its death too. */
const answerMs = 40
const requests = 60

export const deadServerNoticed = rule({
  id: 'loadbalancing/dead-server-noticed',
  level: 'error',
  reference: haproxyManual('4.2-retry-on'),
  says: ({ server, errors, asked, first }: { server: string; errors: number; asked: number; first: string }) =>
    `${server} dies, and ${errors} of ${asked} visitors get an error, the first of them: ${first}.`,
  wants: 'When one of several servers dies, every GET is answered: what failed is asked of another server.',
  remedy: 'Ask again, and somewhere else: retries 3, option redispatch, retry-on conn-failure empty-response.',
})

export interface DeadServerSeen {
  readonly server: string
  readonly asked: number
  /** What those got who were not answered, or with 5xx. */
  readonly errors: readonly string[]
}

/** One of several servers dies while visitors ask, with some of their requests in its hands. */
export const deadServer = balancerProbe({
  id: 'loadbalancing/dead-server',
  rules: [deadServerNoticed],
  expects: ({ expect }) => (expect.deadServer === 'allowed' ? notAsked('errors are allowed (expect.deadServer)') : {}),
  async gather(bench) {
    if ((await bench.servers()).filter(({ backup }) => !backup).length < 2)
      return { notApplicable: 'the pool has no second server' }
    const { server: dying } = await oneOfSeveral(bench)
    const slow = Object.fromEntries(bench.setup.servers.map(({ id }) => [id, { delayMs: answerMs }]))
    await bench.behave(slow)
    await using load = startLoad(bench, { visitors })
    await more(bench, load.answers, `${dying} to have visitors`, ({ server }) => server === dying)
    await bench.behave({ ...slow, [dying]: { listening: false } })
    // Until it is taken out there is most to lose.
    await mayBeOut(bench, [dying])
    await more(bench, load.answers, 'others to answer', ({ server }) => server !== dying)
    const answers = await load.end()
    return { server: dying, asked: answers.length, errors: answers.flatMap(errorOf) }
  },
  *run({ server, asked, errors }: DeadServerSeen) {
    const [first] = errors
    if (first !== undefined) yield deadServerNoticed.at(server, { server, errors: errors.length, asked, first })
  },
  examples: [
    { title: 'nobody notices', given: { server: 'app/a', asked: 240, errors: [] }, yields: [] },
    {
      title: 'those whom it had are told 502, others 503',
      given: { server: 'app/a', asked: 240, errors: ['status 502', 'status 503', 'status 503'] },
      yields: [deadServerNoticed],
    },
  ],
})

function errorOf({ status, trouble }: Loaded): readonly string[] {
  if (status === 0) return [trouble ?? 'no answer']
  return status >= 500 ? [`status ${status}`] : []
}

/** Waits for so many further answers of a kind. */
async function more(
  { signal }: Bench,
  answers: readonly Loaded[],
  name: string,
  isOne: (answer: Loaded) => boolean,
): Promise<void> {
  const from = answers.length
  await waitFor(
    name,
    () => {
      const count = answers.slice(from).filter(isOne).length
      return count < requests ? { seen: `${count} of ${requests} answers` } : { done: true }
    },
    { deadlineMs: 30_000, signal },
  )
}
