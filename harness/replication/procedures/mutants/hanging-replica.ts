import { mutant } from '../../procedure.ts'
import { withoutTolerance } from './without-tolerance.ts'

/** A replica that waits for space in its relay log hangs at the first question, and the promotion with it. */
export const hangingReplica = mutant({
  procedure: withoutTolerance.procedure,
  drill: 'disk-full-relay-log',
  rule: 'replication/promotion-failed',
  trap: 'replication/trap-disk-hang',
})
