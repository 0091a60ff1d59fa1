import { synchronousProcedure } from '../../engines/postgres-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The second run finds a primary where it expects a standby. */
export const postgresWithoutResume = mutant({
  procedure: synchronousProcedure({
    id: 'postgres-synchronous-without-resume',
    title: 'postgres-synchronous, which cannot be run again',
    without: ['resume'],
  }),
  drill: 'promotion-interrupted',
  rule: 'replication/promotion-failed',
  trap: 'replication/trap-seen-not-repeatable',
})
