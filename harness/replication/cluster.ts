import { waitFor } from '../kernel/index.ts'
import type { RunScope, StartedContainer } from '../substrate/index.ts'
import { startContainer, startNetwork } from '../substrate/index.ts'
import type { ClusterOptions, Engine, Node, Session } from './engines/engine.ts'
import { smallFolder } from './engines/engine.ts'

/** A primary and its replicas, started and replicating. The first node is the primary. */
export interface Cluster extends AsyncDisposable {
  readonly engine: Engine
  readonly options: ClusterOptions
  readonly nodes: readonly Node[]
  /** Name of the network that they are on, where each is known by its name. */
  readonly network: string
  /** A container beside the nodes that goes with the cluster at the latest; it may be gone before. */
  readonly adopt: (companion: StartedContainer) => void
  /** A session of the drill's own account; a fresh one when the last has died. */
  readonly session: (node: Node) => Promise<Session>
  readonly address: (node: Node) => Promise<{ readonly host: string; readonly port: number }>
}

export interface StartClusterOptions extends ClusterOptions {
  readonly engine: Engine
  /** Tag of the image of every node. */
  readonly image: string
  /** Tag of an image with the tools for networks, where that of the nodes has none: it stands beside each of them. */
  readonly tools?: string | undefined
  readonly signal?: AbortSignal
}

export const replicationLogin = { user: 'replication', password: 'replication' } as const

/**
 * Starts the nodes side by side and makes them replicate from the beginning: all of them come from one golden data
 * folder and have written nothing yet, so that nothing needs to be copied.
 *
 * @throws SeatrialError as `startContainer`, `SEATRIAL_WAIT_DEADLINE`
 */
export async function startCluster(given: StartClusterOptions, run: RunScope): Promise<Cluster> {
  const { engine, image, tools, signal, ...options } = given
  const network = await startNetwork(run)
  const ids = Array.from({ length: options.replicas + 1 }, (_, index) => index + 1)
  const settled = await Promise.allSettled(
    ids.map((id) =>
      startContainer(
        {
          name: `node-${id}`,
          image,
          network: network.name,
          ports: [engine.port],
          capabilities: ['NET_ADMIN'],
          command: [...engine.command({ id }, options)],
          env: engine.env?.({ id }, options) ?? {},
          files: engine.files ?? {},
          ...(engine.entrypoint !== undefined && { entrypoint: engine.entrypoint }),
          ...(engine.startupMs !== undefined && { startupMs: engine.startupMs }),
          tmpfs: Object.fromEntries(
            (options.smallDisks ?? []).flatMap(({ node, bytes }) => (node === id ? [[smallFolder, bytes]] : [])),
          ),
          wait: { port: engine.port },
        },
        run,
        signal === undefined ? {} : { signal },
      ),
    ),
  )
  const beside: StartedContainer[] = []
  const machines = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const dispose = async (): Promise<void> => disposeCluster([...beside, ...machines], network, sessions)
  const sessions = new Map<string, Session>()
  const failed = settled.find((each) => each.status === 'rejected')
  if (failed !== undefined) {
    await dispose()
    throw failed.reason
  }
  const nodes: Node[] = machines.map((machine, index) => ({ name: machine.name, id: index + 1, machine }))
  const cluster: Cluster = {
    engine,
    options,
    nodes,
    network: network.name,
    adopt: (companion) => void beside.push(companion),
    address: (node) => node.machine.address(engine.port),
    async session(node) {
      const there = sessions.get(node.name)
      if (there !== undefined && (await isAlive(there))) return there
      await there?.[Symbol.asyncDispose]()
      const made = await engine.open(await node.machine.address(engine.port))
      sessions.set(node.name, made)
      return made
    },
    [Symbol.asyncDispose]: dispose,
  }
  try {
    if (tools !== undefined) {
      for (const [index, machine] of machines.entries()) {
        const made = await startTools(tools, machine, run)
        beside.push(made)
        nodes[index] = { name: machine.name, id: index + 1, machine, tools: made }
      }
    }
    for (const node of nodes) await waitUntilAnswers(cluster, node, engine.startupMs)
    await engine.prepare?.(cluster)
    return cluster
  } catch (error) {
    await dispose()
    throw error
  }
}

/** A container that shares the network of a node, and has what is needed to work on it. */
async function startTools(image: string, node: StartedContainer, run: RunScope): Promise<StartedContainer> {
  const name = `${node.name}-tools`
  const entrypoint = ['sleep', 'infinity']
  return startContainer({ name, image, networkOf: node.id, capabilities: ['NET_ADMIN'], entrypoint, command: [] }, run)
}

async function isAlive(session: Session): Promise<boolean> {
  return session.query('SELECT 1').then(
    () => true,
    () => false,
  )
}

/** A port that listens is not yet a server that answers. */
export async function waitUntilAnswers(cluster: Cluster, node: Node, deadlineMs = 30_000): Promise<void> {
  await waitFor(
    `an answer of ${node.name}`,
    async () => {
      await (await cluster.session(node)).query('SELECT 1')
      return { done: true }
    },
    { deadlineMs },
  )
}

async function disposeCluster(
  machines: readonly StartedContainer[],
  network: AsyncDisposable,
  sessions: ReadonlyMap<string, Session>,
): Promise<void> {
  const ended = await Promise.allSettled([
    ...[...sessions.values()].map((session) => session[Symbol.asyncDispose]()),
    ...machines.map((machine) => machine[Symbol.asyncDispose]()),
  ])
  await network[Symbol.asyncDispose]()
  const troubles = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  if (troubles.length > 0) throw new AggregateError(troubles, 'not everything of the cluster could be removed')
}
