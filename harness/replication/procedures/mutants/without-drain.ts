import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** Fetched is not applied. */
export const withoutDrain = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-drain',
    title: 'semi-sync, with the relay log thrown away',
    without: ['drain'],
  }),
  drill: 'relay-log-unapplied',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-seen-relay-log',
})
