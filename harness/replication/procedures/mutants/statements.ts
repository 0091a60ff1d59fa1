import { mutant } from '../../procedure.ts'
import { statementFormat } from '../statement-format.ts'

/** Every node carries the statement out for itself. */
export const statements = mutant({
  procedure: statementFormat,
  drill: 'statement-depends-on-node',
  rule: 'replication/rows-changed',
  trap: 'replication/trap-seen-statement-format',
})
