import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The acknowledgement came from another one, whose rows stay to be seen because nothing is built anew. */
export const withoutChoice = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-choice',
    title: 'semi-sync, with the first replica promoted',
    without: ['choose', 'rebuild'],
  }),
  drill: 'ack-elsewhere',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-candidate-behind',
})
