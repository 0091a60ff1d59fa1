import { semiSyncProcedure } from '../engines/mariadb-promotion.ts'

/** The safe promotion, and a log of statements that every replica carries out for itself. */
export const statementFormat = semiSyncProcedure({
  id: 'statement-format',
  title: 'as semi-sync, with binlog_format = STATEMENT',
  cluster: { binlogFormat: 'STATEMENT' },
})
