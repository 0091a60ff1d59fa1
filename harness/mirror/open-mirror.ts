import type { Counts } from './copies/ledger.ts'
import type { Asked } from './exchange.ts'
import type { CoreOptions, Onlooker } from './open-core.ts'
import { demandOnce } from './once.ts'
import { openCore, poolOf } from './open-core.ts'
import type { MirrorSeen } from './seen.ts'
import type { Certificate } from './tee/open-door.ts'
import { openTee } from './tee/open-tee.ts'

export interface MirrorOptions extends Omit<CoreOptions, 'timed'> {
  readonly listen: { readonly host: string; readonly port: number }
  /** With one, it speaks TLS. */
  readonly certificate?: Certificate
  readonly primary: URL
  /** Looks on while requests are copied. */
  readonly record?: { readonly begin: (asked: Asked, connection: object) => Onlooker }
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

/** Copies in a row that may go without a whole answer before few are sent any more. */
const patience = 50

/**
 * Opens a reverse proxy before a primary that copies requests to a candidate and compares.
 *
 * @throws UsageError when nobody can listen there, or a route that writes would go to the primary twice
 */
export async function openMirror(options: MirrorOptions): Promise<Mirror> {
  const { listen, certificate, primary, limits, record, graceMs = 10_000 } = options
  demandOnce(options)
  const core = await openCore({ ...options, limits: { patience, ...limits } })
  const pool = poolOf(primary, limits)
  const tee = await openTee({
    listen,
    ...(certificate !== undefined && { certificate }),
    primary: { url: primary, pool },
    copyOf: (asked, { address, connection }) =>
      core.copyOf(asked, address, record && (() => record.begin(asked, connection))),
    uncopied: () => core.leftOut('not allowed'),
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
