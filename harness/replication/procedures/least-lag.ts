import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/** The safe promotion, of the replica whose clock says that it is the least behind a heartbeat of the primary. */
export const leastLag = semiSyncProcedure({
  id: 'least-lag',
  title: 'as semi-sync, and the replica with the least lag behind a heartbeat is promoted, and waits for nobody',
  without: ['by-gtid', 'wait', 'rebuild'],
})
