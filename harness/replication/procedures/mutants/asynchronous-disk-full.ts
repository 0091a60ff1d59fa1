import { mutant } from '../../procedure.ts'
import { asynchronous } from './asynchronous.ts'

/** The old primary waits for nobody: once it has room again it acknowledges again. */
export const asynchronousDiskFull = mutant({
  procedure: asynchronous.procedure,
  drill: 'disk-full-data',
  rule: 'replication/rows-split-brain',
  trap: 'replication/trap-disk-freed',
})
