import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** A replica whose port is open is read from. */
export const withoutWatch = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-watch',
    title: 'semi-sync, with nobody who looks how far replicas are',
    without: ['watch'],
  }),
  drill: 'through-haproxy',
  rule: 'replication/stale-reads-seen',
  trap: 'replication/trap-split-lagging-replica',
})
