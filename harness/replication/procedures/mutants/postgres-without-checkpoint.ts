import { synchronousProcedure } from '../../engines/postgres-promotion.ts'
import { mutant } from '../../procedure.ts'

/** "No rewind required", exit code 0, and the old primary keeps what nobody else has. */
export const postgresWithoutCheckpoint = mutant({
  procedure: synchronousProcedure({
    id: 'postgres-synchronous-without-checkpoint',
    title: 'postgres-synchronous, with pg_rewind at once',
    without: ['checkpoint'],
  }),
  drill: 'pg-rewind',
  rule: 'replication/rows-extra',
  trap: 'replication/trap-postgres-no-rewind',
})
