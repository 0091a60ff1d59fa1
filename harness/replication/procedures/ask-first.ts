import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/** The safe promotion, which first sets an old primary read-only that still lets people in. */
export const askFirst = semiSyncProcedure({
  id: 'ask-first',
  title: 'as semi-sync, and the old primary is set read-only first if it answers',
  without: ['unasked'],
})
