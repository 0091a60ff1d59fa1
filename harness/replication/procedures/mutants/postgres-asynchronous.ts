import { synchronousProcedure } from '../../engines/postgres-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The best choice among standbys that have not got it. */
export const postgresAsynchronousMutant = mutant({
  procedure: synchronousProcedure({
    id: 'postgres-synchronous-asynchronous',
    title: 'postgres-synchronous, without synchronous replication',
    cluster: { semiSync: undefined },
  }),
  drill: 'links-cut',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-asynchronous',
})
