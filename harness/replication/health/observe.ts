import { messageOf, UsageError } from '../../kernel/index.ts'
import type { Login, Session } from '../engines/engine.ts'
import { DatabaseError } from '../engines/engine.ts'
import type { NodeAddress } from './addresses.ts'
import { addressText, allowedAddress } from './addresses.ts'
import type { ClusterHealth, NodeHealth } from './health.ts'
import type { Written } from './read-node.ts'
import { readNode, writtenOf } from './read-node.ts'
import type { AskingSession } from './read-only-session.ts'
import { askingOnly } from './read-only-session.ts'

export interface ObserveOptions {
  readonly nodes: readonly NodeAddress[]
  readonly login: Login
  /** Opens a session; the engine's. */
  readonly open: (at: NodeAddress, login: Login) => Promise<Session>
  /** @throws UsageError for an address where nothing may be sent */
  readonly allow: (url: URL) => void
  readonly maxLagSeconds: number
  /** Milliseconds that a replica has to apply what it had fetched; two seconds unless said. */
  readonly patienceMs?: number
}

export interface Observed {
  readonly cluster: ClusterHealth
  /** What could not be looked at, one sentence each. */
  readonly blind: readonly string[]
}

/**
 * Looks at a live cluster and changes nothing. The primary is asked twice, before the replicas and after them: what it
 * had before and they have not fetched is behind; what they have and it has not even afterwards is errant.
 *
 * @throws UsageError for an address that may not be asked
 */
export async function observeCluster(options: ObserveOptions): Promise<Observed> {
  const blind: string[] = []
  const answered = await connectAll(options, blind)
  try {
    const before = new Map<string, Written>()
    await each(answered, blind, async ({ node, session }) => void before.set(node, await writtenOf(session)))
    const read = new Map<string, NodeHealth>()
    const patience = { patienceMs: options.patienceMs ?? 2_000, blind: (why: string) => void blind.push(why) }
    await each(
      answered.filter(({ node }) => before.has(node)),
      blind,
      async ({ node, session }) => void read.set(node, await readNode(node, session, patience)),
    )
    const nodes = answered.flatMap(({ node }) => read.get(node) ?? [])
    const primary = findPrimary(nodes)
    const asked = answered.find(({ node }) => node === primary?.node)
    const after = asked === undefined ? undefined : await writtenOf(asked.session)
    if (primary === undefined && nodes.length > 0) {
      blind.push('none of the nodes that answered is the primary of the others: what only the primary has, nobody saw')
    }
    return {
      blind,
      cluster: {
        nodes: nodes.map((node) => (node === primary ? { ...node, ...after } : node)),
        primary: primary?.node,
        primaryBefore: primary === undefined ? undefined : before.get(primary.node),
        maxLagSeconds: options.maxLagSeconds,
      },
    }
  } finally {
    await Promise.all(answered.map(({ session }) => session[Symbol.asyncDispose]()))
  }
}

interface Answered {
  readonly node: string
  readonly session: AskingSession
}

async function connectAll(
  { nodes, login, open, allow }: ObserveOptions,
  blind: string[],
): Promise<readonly Answered[]> {
  // All of them first: nothing is asked of anybody while one of them may not be asked.
  const allowed = await Promise.allSettled(nodes.map((node) => allowedAddress(node, allow)))
  const refused = allowed.find((one) => one.status === 'rejected' && one.reason instanceof UsageError)
  if (refused?.status === 'rejected') throw refused.reason
  const settled = await Promise.allSettled(
    allowed.map(async (one) => {
      if (one.status === 'rejected') throw one.reason
      return askingOnly(await open(one.value, login))
    }),
  )
  return settled.flatMap((one, index) => {
    const address = nodes[index]
    if (address === undefined) return []
    const node = addressText(address)
    if (one.status === 'fulfilled') return [{ node, session: one.value }]
    blind.push(`${node} did not answer: ${messageOf(one.reason)}`)
    return []
  })
}

async function each(
  answered: readonly Answered[],
  blind: string[],
  look: (one: Answered) => Promise<void>,
): Promise<void> {
  await Promise.all(
    answered.map(async (one) => {
      try {
        await look(one)
      } catch (error) {
        const denied = error instanceof DatabaseError && [1044, 1142, 1143, 1227].includes(error.number ?? 0)
        const mend = denied ? '; GRANT BINLOG MONITOR, REPLICA MONITOR ON *.*' : ''
        blind.push(`${one.node} could not be read: ${messageOf(error)}${mend}`)
      }
    }),
  )
}

/**
 * The node that others follow and that follows nobody. Of two that follow each other it is the one that takes writes.
 * Server ids tell, because names inside the cluster are often not those by which we reach it.
 */
function findPrimary(nodes: readonly NodeHealth[]): NodeHealth | undefined {
  const followed = nodes.filter((node) =>
    nodes.some(
      (other) =>
        other !== node &&
        other.replications.some(({ sourceId, source }) => sourceId === node.serverId || source === node.node),
    ),
  )
  const top = followed.filter(({ replications }) => replications.length === 0)
  if (top.length > 0) return top.length === 1 ? top[0] : undefined
  const writable = followed.filter(({ readOnly }) => !readOnly)
  return writable.length === 1 ? writable[0] : undefined
}
