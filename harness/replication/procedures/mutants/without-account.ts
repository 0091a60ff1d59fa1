import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** A dump of the application has no accounts: nobody can follow, and a primary that waits for a replica waits for ever. */
export const withoutAccount = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-account',
    title: 'semi-sync, with the account of replicas on the primary alone',
    without: ['account'],
  }),
  drill: 'kill',
  rule: 'replication/recovery-time-unbounded',
  trap: 'replication/trap-login',
})
