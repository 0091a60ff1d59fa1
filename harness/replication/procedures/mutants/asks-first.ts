import { mutant } from '../../procedure.ts'
import { askFirst } from '../ask-first.ts'

/** The old primary lets people in, and hangs at what they ask for. */
export const asksFirst = mutant({
  procedure: askFirst,
  drill: 'disk-full-binlog',
  rule: 'replication/promotion-failed',
  trap: 'replication/trap-disk-hang',
})
