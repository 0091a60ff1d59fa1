import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** Both threads stand, and the one that is started to apply the relay log deletes it. */
export const withoutOrder = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-order',
    title: 'semi-sync, with the thread that applies started after the other was stopped',
    without: ['order'],
  }),
  drill: 'relay-log-unapplied',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-seen-relay-log',
})
