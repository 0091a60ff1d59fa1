import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** What has fetched most may have applied nothing of it. */
export const withoutInspect = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-inspect',
    title: 'semi-sync, without a look at filters and errors',
    without: ['inspect'],
  }),
  drill: 'filter-hides-table',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-seen-filter',
})
