import { synchronousProcedure } from '../engines/postgres-promotion.ts'

/**
 * The synchronous procedure with one step left out: the old primary is rewound without a CHECKPOINT on the new one, whose
 * control file still names the old timeline. pg_rewind then says "no rewind required" and exits with 0.
 */
export const postgresRewindAtOnce = synchronousProcedure({
  id: 'postgres-rewind-at-once',
  title: 'as postgres-synchronous, and pg_rewind without a checkpoint on the new primary first',
  without: ['checkpoint'],
})
