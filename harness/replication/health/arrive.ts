import { messageOf, UsageError } from '../../kernel/index.ts'
import type { EngineId } from '../engines/all.ts'
import type { NodeAddress } from './addresses.ts'
import { addressText, allowedAddress } from './addresses.ts'
import type { Greeting } from './greet.ts'
import { greet } from './greet.ts'

/** A node that answers, before anybody has logged in. */
export interface Arrived {
  /** `host:port`, as the user named it. */
  readonly node: string
  /** Name or address, as the user named it: what its certificate must be for. */
  readonly host: string
  /** Its place among the nodes, from 1. */
  readonly place: number
  /** Where it is. */
  readonly at: NodeAddress
  readonly greeting: Greeting
}

/**
 * Finds the nodes that answer, and which engine they are of; nobody logs in.
 *
 * @param wanted the engine that the user named; that of the nodes when undefined
 * @param blind gets a sentence for each node that cannot be reached
 * @throws UsageError for an address that may not be asked, and for nodes that are not all of one engine
 */
export async function arrive(
  nodes: readonly NodeAddress[],
  { allow, wanted, path, blind }: ArriveOptions,
): Promise<readonly Arrived[]> {
  // All of them first: nothing is asked of anybody while one of them may not be asked.
  const allowed = await Promise.allSettled(nodes.map((node) => allowedAddress(node, allow)))
  const refused = allowed.find((one) => one.status === 'rejected' && one.reason instanceof UsageError)
  if (refused?.status === 'rejected') throw refused.reason
  const settled = await Promise.allSettled(
    allowed.map(async (one) => {
      if (one.status === 'rejected') throw one.reason
      return { at: one.value, greeting: await greet(one.value) }
    }),
  )
  const arrived = settled.flatMap((one, index): readonly Arrived[] => {
    const address = nodes[index]
    if (address === undefined) return []
    const node = addressText(address)
    if (one.status === 'fulfilled') return [{ node, host: address.host, place: index + 1, ...one.value }]
    blind(`${node} did not answer: ${messageOf(one.reason)}`)
    return []
  })
  const engine = wanted ?? arrived[0]?.greeting.engine
  const stranger = arrived.find(({ greeting }) => greeting.engine !== engine)
  if (stranger === undefined || engine === undefined) return arrived
  throw new UsageError({
    path,
    given: `${stranger.node}, which is ${names[stranger.greeting.engine]}`,
    wanted: `nodes of one cluster of ${names[engine]}`,
    mend: wanted === undefined ? 'Name the nodes of one cluster.' : 'Leave the engine out: the servers tell it.',
  })
}

export interface ArriveOptions {
  /** @throws UsageError for an address where nothing may be sent */
  readonly allow: (url: URL) => void
  readonly wanted: EngineId | undefined
  /** Where the nodes stand in the input, for messages. */
  readonly path: string
  readonly blind: (why: string) => void
}

const names: Readonly<Record<EngineId, string>> = { mariadb: 'MariaDB', postgres: 'PostgreSQL' }
