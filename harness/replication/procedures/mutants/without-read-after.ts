import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** A read goes to the next replica in turn, whatever that has. */
export const withoutReadAfter = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-read-after',
    title: 'semi-sync, with reads led to replicas at once',
    without: ['read-after'],
  }),
  drill: 'read-your-writes',
  rule: 'replication/stale-reads-seen',
  trap: 'replication/trap-split-lagging-replica',
})
