import { synchronousProcedure } from '../../engines/postgres-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The old primary has a standby left, and goes on to acknowledge. */
export const postgresWithoutLeaving = mutant({
  procedure: synchronousProcedure({
    id: 'postgres-synchronous-without-leaving',
    title: 'postgres-synchronous, whose standbys do not leave the old primary first',
    without: ['leave'],
  }),
  drill: 'split-brain',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-seen-not-fenced',
})
