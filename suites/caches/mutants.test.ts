import { slices } from '../../harness/registry.ts'
import { proveAll } from '../prove/prove-all.ts'
import { topics } from '../../harness/caches/index.ts'

/** Mistakes of operators in the configuration of a cache, each noticed by the case that is named. */

const waits = new Set<string>(
  (await topics()).flatMap(({ thing }) =>
    thing.cases.filter(({ requests }) => requests.some(({ after = 0 }) => after > 0)).map(({ id }) => id),
  ),
)
// At a commit only those that nothing has to become stale for: `seatrial prove` tries them all.
const quick = (process.env['SEATRIAL_PROFILE'] ?? 'commit') === 'commit'

for (const slice of slices) {
  if (slice.id === 'caches') await proveAll(slice, ({ kills }) => !quick || !waits.has(kills))
}
