import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** Clients with a wrong address are not refused. */
export const withoutReadOnly = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-read-only',
    title: 'semi-sync, with replicas that take writes',
    without: ['read-only'],
  }),
  drill: 'clients-at-replica',
  rule: 'replication/rows-split-brain',
  trap: 'replication/trap-seen-clients-at-replica',
})
