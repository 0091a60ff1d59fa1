import { messageOf } from '../../kernel/index.ts'
import type { BuildStage } from '../building.ts'
import { BuildingFailed } from '../building.ts'
import { waitUntilAnswers } from '../cluster.ts'
import { hold, shell } from './postgres-rewind.ts'
import { conninfo } from './postgres-steps.ts'

/**
 * Stops a node, throws its data folder away, and fills it by pg_basebackup from the source; `-R` writes standby.signal
 * and primary_conninfo. @throws BuildingFailed with what the tool says
 */
export async function baseBackup(
  { cluster, replica, source, note }: BuildStage,
  { signal = true }: { readonly signal?: boolean } = {},
): Promise<void> {
  await shell(replica, `touch ${hold} && pg_ctl stop --wait --silent --mode=fast`)
  const from = conninfo(cluster, source)
  const options = '-R --wal-method=stream --checkpoint=fast --no-sync'
  await shell(
    replica,
    `find "$PGDATA" -mindepth 1 -delete && timeout --kill-after=1 60 pg_basebackup --pgdata="$PGDATA" --dbname="${from}" ${options}`,
  ).catch((error: unknown) => {
    throw new BuildingFailed('tool', messageOf(error))
  })
  note(`${replica.name} has the base backup`)
  await shell(replica, signal ? `rm ${hold}` : `rm "$PGDATA/standby.signal" && rm ${hold}`)
  await waitUntilAnswers(cluster, replica)
  note(`${replica.name} runs on the base backup`)
}
