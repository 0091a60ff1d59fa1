import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** A second failure in the middle leaves the rest where it was. */
export const withoutTolerance = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-tolerance',
    title: 'semi-sync, that ends at the first node that does not answer',
    without: ['tolerate'],
  }),
  drill: 'replica-dies-during-promotion',
  rule: 'replication/promotion-failed',
  trap: undefined,
})
