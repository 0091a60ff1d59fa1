import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/** The safe promotion, and a primary that waits for a replica for half a second only. */
export const semiSyncShortTimeout = semiSyncProcedure({
  id: 'semi-sync-short-timeout',
  title: 'as semi-sync, with a timeout of 500 ms after which the primary goes on alone',
  cluster: { semiSync: { timeoutMs: 500 } },
})
