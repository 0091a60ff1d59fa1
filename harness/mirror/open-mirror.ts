import type { Counts } from './copies/ledger.ts'
import type { CoreOptions } from './open-core.ts'
import { openCore, poolOf } from './open-core.ts'
import type { MirrorSeen } from './seen.ts'
import { openTee } from './tee/open-tee.ts'

export interface MirrorOptions extends Omit<CoreOptions, 'timed'> {
  readonly listen: { readonly host: string; readonly port: number }
  readonly primary: URL
  /** Milliseconds that requests and WebSockets under way have when it ends; 10 000 unless said. */
  readonly graceMs?: number
}

export interface Mirror {
  /** Where clients go now. */
  readonly url: URL
  readonly counts: () => Counts
  /** Ends it: no new connection, what is under way to its end, and what was seen. */
  readonly close: () => Promise<MirrorSeen>
}

/**
 * Opens a reverse proxy before a primary that copies requests to a candidate and compares.
 *
 * @throws UsageError when nobody can listen there
 */
export async function openMirror(options: MirrorOptions): Promise<Mirror> {
  const { listen, primary, limits, graceMs = 10_000 } = options
  const core = await openCore(options)
  const pool = poolOf(primary, limits)
  const tee = await openTee({
    listen,
    primary: { url: primary, pool },
    copyOf: (asked, { address }) => core.copyOf(asked, address),
    tunnelled: () => core.leftOut('not allowed'),
  })
  return {
    url: tee.url,
    counts: core.counts,
    async close() {
      await tee.close(graceMs)
      const seen = await core.close()
      await pool.destroy()
      return seen
    },
  }
}
