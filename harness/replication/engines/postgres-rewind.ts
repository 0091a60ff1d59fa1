import { waitUntilAnswers } from '../cluster.ts'
import type { Node } from './engine.ts'
import type { Return } from '../procedure.ts'
import { conninfo } from './postgres-steps.ts'

/** The moment of a timeline at which pg_rewind ended. */
export function rewindSaid(node: string, said: string): string {
  return `pg_rewind on ${node}: ${said}`
}

/** What it says, exit code 0, when it takes both nodes to be on one timeline: it has then changed nothing. */
export const noRewindRequired = 'no rewind required'

/** The image keeps a machine up while its server is stopped, as long as this is there. */
export const hold = '/var/lib/postgresql/data.hold'

/**
 * Brings an old primary back as a standby: it comes up and recovers from its crash, is stopped, rewound to where the new
 * primary's history parts from its own, and told to follow. What pg_rewind said last goes into the timeline.
 */
export async function rejoinByRewind({ cluster, node: old, primary: source, note }: Return): Promise<void> {
  await old.machine.start()
  await waitUntilAnswers(cluster, old)
  await shell(old, `touch ${hold} && pg_ctl stop --wait --silent --mode=fast`)
  const from = `host=${source.name} port=${cluster.engine.port} user=drill password=drill dbname=app connect_timeout=2`
  // It writes to its standard error, good news too.
  const said = await shell(old, `pg_rewind --no-sync --target-pgdata="$PGDATA" --source-server="${from}" 2>&1`)
  // The last line of a setting counts; what was rewound has the settings of the new primary.
  const settings = `primary_conninfo = '${conninfo(cluster, source)}'`
  await shell(
    old,
    `touch "$PGDATA/standby.signal" && echo "${settings}" >>"$PGDATA/postgresql.auto.conf" && rm ${hold}`,
  )
  await waitUntilAnswers(cluster, old)
  note(
    rewindSaid(
      old.name,
      said
        .trim()
        .split('\n')
        .at(-1)
        ?.replace(/^pg_rewind: /, '') ?? '',
    ),
  )
}

export async function shell(node: Node, script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await node.machine.exec(['sh', '-c', script], { user: 'postgres' })
  if (exitCode === 0) return stdout
  throw new Error(`${script.split(' ')[0]} on ${node.name} ended with ${exitCode}: ${(stderr || stdout).trim()}`)
}
