import { mutant } from '../../procedure.ts'
import { postgresLeastLag } from '../postgres-least-lag.ts'

/** A clock that goes back makes a lag that is small. */
export const postgresByClock = mutant({
  procedure: postgresLeastLag,
  drill: 'clock-skew',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-clock-candidate',
})
