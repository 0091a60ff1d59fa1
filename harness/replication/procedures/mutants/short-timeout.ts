import { mutant } from '../../procedure.ts'
import { semiSyncShortTimeout } from '../semi-sync-short-timeout.ts'

/** It waits, and then it does not. */
export const shortTimeout = mutant({
  procedure: semiSyncShortTimeout,
  drill: 'semi-sync-fallback',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-seen-semi-sync-fallback',
})
