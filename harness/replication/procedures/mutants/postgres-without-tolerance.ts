import { synchronousProcedure } from '../../engines/postgres-promotion.ts'
import { mutant } from '../../procedure.ts'

/** A node that died meanwhile ends the procedure. */
export const postgresWithoutTolerance = mutant({
  procedure: synchronousProcedure({
    id: 'postgres-synchronous-without-tolerance',
    title: 'postgres-synchronous, which needs every survivor',
    without: ['tolerate'],
  }),
  drill: 'replica-dies-during-promotion',
  rule: 'replication/promotion-failed',
  trap: undefined,
})
