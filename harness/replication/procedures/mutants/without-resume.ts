import { semiSyncProcedure } from '../../engines/mariadb-promotion.ts'
import { mutant } from '../../procedure.ts'

/** The writes of the node that was promoted already look like errant ones to the second run, which promotes another. */
export const withoutResume = mutant({
  procedure: semiSyncProcedure({
    id: 'semi-sync-without-resume',
    title: 'semi-sync, without a look for a node that was promoted already, and nothing built anew',
    without: ['resume', 'rebuild'],
  }),
  drill: 'promotion-interrupted',
  // Which rows are wrong then depends on how far the interrupted promotion had come; that it is not repeatable does not.
  rule: 'replication/trap-seen-not-repeatable',
  trap: undefined,
})
