import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The first failure is survived, the second is not. */
export const withoutWaiting = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-waiting',
    title: 'semi-sync, with a new primary that waits for nobody',
    without: ['wait'],
  }),
  drill: 'double-failure',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-asynchronous',
})
