import { slices } from '../../harness/registry.ts'
import { proveAll } from './prove-all.ts'

/** A check that cannot fail is not a check: each of these changes to the running stack must be noticed. */

for (const slice of slices) {
  // Those with a deployment of their own are proven where that is started.
  if (slice.proving === undefined) await proveAll(slice)
}
