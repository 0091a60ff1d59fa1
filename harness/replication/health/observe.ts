import { messageOf } from '../../kernel/index.ts'
import { engines } from '../engines/all.ts'
import type { Login } from '../engines/engine.ts'
import { DatabaseError } from '../engines/engine.ts'
import type { Arrived } from './arrive.ts'
import type { LiveCluster } from './health.ts'
import type { AskingSession } from './read-only-session.ts'
import { askingOnly } from './read-only-session.ts'
import type { HealthReader } from './reader.ts'
import type { TlsWish } from './tls.ts'
import { connectTrouble, tlsFor } from './tls.ts'

export interface ObserveOptions {
  readonly nodes: readonly Arrived[]
  readonly login: Login
  /** Of PostgreSQL. */
  readonly database: string
  readonly tls: TlsWish
  readonly maxLagSeconds: number
  /** Milliseconds that a replica has to apply what it had fetched; two seconds unless said. */
  readonly patienceMs?: number
  /** Gets what could not be looked at, one sentence each. */
  readonly blind: (why: string) => void
}

/**
 * Looks at a live cluster and changes nothing. The primary is asked twice, before the replicas and after them: what it
 * had before and they have not fetched is behind; what they have and it has not even afterwards is errant.
 */
export async function observeCluster<C extends LiveCluster, Read>(
  reader: HealthReader<C, Read>,
  options: ObserveOptions,
): Promise<C> {
  const { blind, maxLagSeconds, patienceMs = 2_000 } = options
  const connected = await connectAll(reader, options)
  try {
    const each = async <T>(
      asked: readonly Connected[],
      look: (one: Connected) => Promise<T>,
    ): Promise<Map<string, T>> =>
      answersOf(asked, look, (node, error) => {
        const [why, mend] =
          error instanceof DatabaseError ? [error.message, reader.mendOf(error)] : [messageOf(error), '']
        blind(`${node} could not be read: ${why}${mend === '' ? '' : `; ${mend}`}`)
      })
    const before = await each(connected, ({ session }) => reader.written(session))
    const read = await each(
      connected.filter(({ node }) => before.has(node)),
      ({ node, place, session }) => reader.read(session, { node, place, patienceMs, blind }),
    )
    const nodes = connected.flatMap(({ node }) => read.get(node) ?? [])
    const cluster = reader.cluster({ nodes, before: (node) => before.get(node), maxLagSeconds })
    if (cluster.primary === undefined && nodes.length > 0) {
      blind('none of the nodes that answered is the primary of the others: what only the primary has, nobody saw')
    }
    const asked = connected.find(({ node }) => node === cluster.primary)
    return asked === undefined ? cluster : reader.withWritten(cluster, await reader.written(asked.session))
  } finally {
    await Promise.all(connected.map(({ session }) => session[Symbol.asyncDispose]()))
  }
}

interface Connected {
  readonly node: string
  readonly place: number
  readonly session: AskingSession
}

async function connectAll<C extends LiveCluster, Read>(
  { engine }: HealthReader<C, Read>,
  { nodes, login, database, tls, blind }: ObserveOptions,
): Promise<readonly Connected[]> {
  const settled = await Promise.allSettled(
    nodes.map(async ({ at, host, greeting }) => {
      const secured = tlsFor(host, tls, greeting)
      return engines[engine].open({ ...at, database, ...(secured !== undefined && { tls: secured }) }, login)
    }),
  )
  return settled.flatMap((one, index): readonly Connected[] => {
    const arrived = nodes[index]
    if (arrived === undefined) return []
    const { node, place } = arrived
    if (one.status === 'fulfilled') return [{ node, place, session: askingOnly(one.value) }]
    blind(`${node} did not answer: ${connectTrouble(one.reason)}`)
    return []
  })
}

async function answersOf<T>(
  asked: readonly Connected[],
  look: (one: Connected) => Promise<T>,
  failed: (node: string, error: unknown) => void,
): Promise<Map<string, T>> {
  const answers = new Map<string, T>()
  await Promise.all(
    asked.map(async (one) => {
      try {
        answers.set(one.node, await look(one))
      } catch (error) {
        failed(one.node, error)
      }
    }),
  )
  return answers
}
