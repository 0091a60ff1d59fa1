import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/**
 * The most advanced survivor is promoted once its relay log is applied, and the others follow by GTID. With
 * semi-synchronous replication an acknowledged write is on one replica at least, and that one is then found.
 */
export const semiSync = semiSyncProcedure({
  id: 'semi-sync',
  title: 'semi-synchronous, GTID, the most advanced replica is promoted with its relay log applied',
})
