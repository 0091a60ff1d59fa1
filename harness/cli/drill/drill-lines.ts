import { z } from 'zod'
import type { RunRecord } from '../../record/index.ts'
import { tokenText } from '../../replication/index.ts'
import { toldSteps } from './told-steps.ts'

const ids = z.array(z.number()).transform((tokens) => tokens.map(tokenText))

/** What `drill.json` of a step has that a script wants; what it has besides is left alone. */
const observation = z.object({
  drill: z.string(),
  procedure: z.string(),
  building: z.object({ id: z.string() }).optional(),
  seed: z.int(),
  drawn: z.array(z.object({ what: z.string(), value: z.union([z.string(), z.number()]) })),
  primary: z.string(),
  rtoMs: z.number().optional(),
  reads: z
    .object({
      outageMs: z.number(),
      stale: z.array(z.object({ write: z.number().transform(tokenText), node: z.string() })),
    })
    .optional(),
  convergedMs: z.number().optional(),
  ledger: z.object({
    acknowledged: z.int(),
    lost: ids,
    phantom: ids,
    duplicate: ids,
    nodes: z.array(z.object({ node: z.string(), missing: ids, extra: ids })),
  }),
})

/**
 * One line of JSON a drill, in the order in which they ran:
 * `{ drill, procedure, seed, drawn, verdict, acknowledged, lost, phantom, duplicate, nodes: [{ node, missing, extra }], primary, rtoMs, readOutageMs, staleReads: [{ write, node }], convergedMs, trap, traps, findings }`.
 * Writes are told by their ids, `client.number`; `rtoMs` is null when nobody could write again, `convergedMs` when the nodes
 * never were equal, `trap` when none was named.
 * `staleReads` are acknowledged writes that a client missed when it read, with who answered it.
 * `building` is there where replicas were built.
 * `drawn` is what the drill chose by the seed, as `{ what, value }`. A drill that could not be judged has its verdict and `why`, and no rows.
 */
export function drillLines(record: RunRecord): string {
  return toldSteps(record, 'replication', observation, (seen) => ({
    ...(seen.building !== undefined && { building: seen.building.id }),
    drawn: seen.drawn,
    ...seen.ledger,
    primary: seen.primary,
    rtoMs: seen.rtoMs === undefined ? null : Math.round(seen.rtoMs),
    readOutageMs: seen.reads === undefined ? null : Math.round(seen.reads.outageMs),
    staleReads: seen.reads?.stale ?? [],
    convergedMs: seen.convergedMs === undefined ? null : Math.round(seen.convergedMs),
  }))
}
