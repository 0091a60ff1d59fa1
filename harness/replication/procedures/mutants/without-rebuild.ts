import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** What it has missed is in no log any more. */
export const withoutRebuild = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-rebuild',
    title: 'semi-sync, without building anew what cannot follow',
    without: ['rebuild'],
  }),
  drill: 'binlog-purged',
  rule: 'replication/rows-missing',
  trap: 'replication/trap-purged',
})
