import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** HAProxy sends writes to the first node whose port is open. */
export const withoutLead = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-lead',
    title: 'semi-sync, with health checks that say where writes go',
    without: ['lead'],
  }),
  drill: 'through-haproxy',
  rule: 'replication/rows-split-brain',
  trap: 'replication/trap-split-old-primary',
})
