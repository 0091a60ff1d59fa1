import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The best choice among replicas that have not got it. */
export const asynchronous = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-asynchronous',
    title: 'semi-sync without semi-synchronous replication',
    cluster: { semiSync: undefined },
  }),
  drill: 'links-cut',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-asynchronous',
})
