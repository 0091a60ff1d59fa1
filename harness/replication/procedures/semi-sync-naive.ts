import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/** Semi-synchronous replication taken for the whole of safety: nobody looks, chooses, waits or builds anew. */
export const semiSyncNaive = semiSyncProcedure({
  id: 'semi-sync-naive',
  title: 'semi-synchronous, GTID, the first replica is promoted as it is',
  without: ['hold', 'fence', 'inspect', 'choose', 'drain', 'rescue', 'wait', 'tolerate', 'rebuild'],
})
