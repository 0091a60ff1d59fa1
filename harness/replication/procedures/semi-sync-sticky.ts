import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/** Reads through a splitter stay at the primary until a replica has the last write, and wait for none. */
export const semiSyncSticky = semiSyncProcedure({
  id: 'semi-sync-sticky',
  title: 'semi-sync, and reads that stick to the primary until a replica has the last write',
  readAfter: 'stick',
})
