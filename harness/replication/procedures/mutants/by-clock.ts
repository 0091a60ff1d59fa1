import { mutant } from '../../procedure.ts'
import { leastLag } from '../least-lag.ts'

/** A clock that goes back makes a lag that is small. */
export const byClock = mutant({
  procedure: leastLag,
  drill: 'clock-skew',
  rule: 'replication/rows-lost',
  trap: 'replication/trap-clock-candidate',
})
