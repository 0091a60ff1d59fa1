import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The old primary follows, with everything green, and every row that it applies waits for a replica that it has not. */
export const withoutRelease = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-release',
    title: 'semi-sync, with an old primary that goes on waiting for replicas when it is one',
    without: ['release'],
  }),
  drill: 'planned-switch',
  rule: 'replication/rows-green-but-wrong',
  trap: 'replication/trap-applier-waits',
})
