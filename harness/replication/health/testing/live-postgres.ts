import { fixtureImage } from '../../../substrate/fixture-image.ts'
import type { RunScope } from '../../../substrate/index.ts'
import type { Cluster } from '../../cluster.ts'
import { startCluster } from '../../cluster.ts'
import type { Engine } from '../../engines/engine.ts'
import { postgres } from '../../engines/postgres.ts'
import { postgresSynchronous } from '../../procedures/postgres-synchronous.ts'
import { nodeOf, onNode } from './on-node.ts'

/** What cannot be set while a server runs, by node. */
function startedWith(options: Readonly<Record<number, readonly string[]>>, primaries: readonly number[] = [1]): Engine {
  return {
    ...postgres,
    command(node, given) {
      const [, ...words] = postgres.command(node, given)
      const role = primaries.includes(node.id) ? 'primary' : 'standby'
      return [role, ...words, ...(options[node.id] ?? []).flatMap((each) => ['-c', each])]
    },
  }
}

/** In order: synchronous with any one of two standbys, safe at a power loss, with an archive. */
export async function startHealthy(run: RunScope): Promise<Cluster> {
  const image = await fixtureImage('postgres')
  const engine = startedWith({ 1: ['archive_mode=on'] })
  const cluster = await startCluster({ ...postgresSynchronous.cluster, replicas: 2, engine, image }, run)
  await configure(cluster, 1, { archive_command: 'true' })
  for (const id of [1, 2, 3]) await configure(cluster, id, { fsync: 'on' })
  await postgresSynchronous.setUp(cluster)
  await onNode(cluster, 1, 'CREATE TABLE app.seen (id INT)')
  return cluster
}

/** Nothing is in order: two primaries with the wrong settings, and a standby that was told nobody. */
export async function startBare(run: RunScope): Promise<Cluster> {
  const image = await fixtureImage('postgres')
  const unsendable = ['wal_level=minimal', 'max_wal_senders=0', 'hot_standby=off', 'wal_log_hints=off']
  const engine = startedWith({ 1: unsendable, 2: ['max_wal_senders=1'] }, [1, 2])
  return startCluster({ ...postgresSynchronous.cluster, replicas: 2, engine, image }, run)
}

/** Settings that need no restart; undefined takes one back. */
export async function configure(
  cluster: Cluster,
  id: number,
  settings: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const statements = Object.entries(settings).map(([name, value]) =>
    value === undefined ? `ALTER SYSTEM RESET ${name}` : `ALTER SYSTEM SET ${name} = '${value}'`,
  )
  await onNode(cluster, id, ...statements, 'SELECT pg_reload_conf()')
}

/** A script on the machine of a node, as the user of the server. */
export async function shell(cluster: Cluster, id: number, script: string): Promise<void> {
  const { exitCode, stderr } = await nodeOf(cluster, id).machine.exec(['sh', '-euc', script], { user: 'postgres' })
  if (exitCode !== 0) throw new Error(`${script} ended with ${exitCode}: ${stderr}`)
}
