import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** One replica is enough to acknowledge for a primary that everybody believes dead. */
export const withoutFence = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-fence',
    title: 'semi-sync, with survivors that fetch from the old primary to the end',
    without: ['fence'],
  }),
  drill: 'split-brain',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-seen-not-fenced',
})
