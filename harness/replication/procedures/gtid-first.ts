import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/** GTID alone: it refuses where positions lie, and a refusal brings no row back. */
export const gtidFirst = semiSyncProcedure({
  id: 'gtid-first',
  title: 'asynchronous, GTID, the first replica is promoted as it is',
  cluster: { semiSync: undefined },
  without: ['hold', 'fence', 'inspect', 'choose', 'drain', 'wait', 'tolerate', 'rebuild'],
})
