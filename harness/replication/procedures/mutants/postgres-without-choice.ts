import { synchronousProcedure } from '../../engines/postgres-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The acknowledgement came from another one. */
export const postgresWithoutChoice = mutant({
  procedure: synchronousProcedure({
    id: 'postgres-synchronous-without-choice',
    title: 'postgres-synchronous, which promotes the first standby',
    without: ['choose'],
  }),
  drill: 'candidate-behind',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-candidate-behind',
})
