import { slices } from '../../harness/registry.ts'
import { proveAll } from '../prove/prove-all.ts'

/** A line of a web server's configuration is changed in the next version of it, and the named rule notices. */

for (const slice of slices) if (slice.id === 'mirror') await proveAll(slice)
