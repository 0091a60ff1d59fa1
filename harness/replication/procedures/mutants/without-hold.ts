import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** Writes go on at the old primary while the new one is chosen: the switch waits for nothing and loses them. */
export const withoutHold = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-hold',
    title: 'semi-sync, with an old primary that is not set read-only before a switch',
    without: ['hold'],
  }),
  drill: 'planned-switch',
  rule: 'replication/promotion-failed',
  trap: undefined,
})
