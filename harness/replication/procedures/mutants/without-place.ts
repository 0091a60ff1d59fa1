import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** A name and no place. */
export const withoutPlace = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-place',
    title: 'semi-sync, with replicas that begin at the first log of the new primary',
    without: ['place', 'rebuild'],
  }),
  drill: 'other-behind',
  rule: 'replication/rows-missing',
  trap: 'replication/trap-out-of-order',
})
