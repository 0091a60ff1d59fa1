import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** A replica that is not fit to be promoted may be the only one that has a write. */
export const withoutRescue = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-rescue',
    title: 'semi-sync, without the relay logs of the others',
    without: ['rescue'],
  }),
  drill: 'errant-acknowledges',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-seen-acknowledged-alone',
})
