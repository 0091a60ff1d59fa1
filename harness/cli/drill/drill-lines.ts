import { z } from 'zod'
import type { RunRecord } from '../../record/index.ts'
import { tokenText } from '../../replication/index.ts'

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
  const lines = record.steps
    // What was started before the first drill is a step too.
    .filter(({ id }) => id.startsWith('replication/'))
    .map(({ id, subject, outcome, findings, attachments = [] }) => {
      const [, procedure = ''] = /, ([^,]*)/.exec(subject) ?? []
      const told = attachments.find(({ name }) => name === 'drill.json')
      const seen = told === undefined ? undefined : observation.parse(JSON.parse(told.content))
      const rules = findings.map(({ rule }) => rule)
      const traps = [...new Set(rules.filter((rule) => rule.startsWith('replication/trap-')))]
      return JSON.stringify({
        drill: seen?.drill ?? id.replace('replication/', ''),
        procedure: seen?.procedure ?? procedure,
        ...(seen?.building !== undefined && { building: seen.building.id }),
        seed: record.seed,
        drawn: seen?.drawn ?? [],
        verdict: outcome.kind,
        ...(outcome.kind === 'unsettled' && { why: outcome.why }),
        ...(seen !== undefined && {
          ...seen.ledger,
          primary: seen.primary,
          rtoMs: seen.rtoMs === undefined ? null : Math.round(seen.rtoMs),
          readOutageMs: seen.reads === undefined ? null : Math.round(seen.reads.outageMs),
          staleReads: seen.reads?.stale ?? [],
          convergedMs: seen.convergedMs === undefined ? null : Math.round(seen.convergedMs),
        }),
        trap: traps[0] ?? null,
        traps,
        findings: [...new Set(rules)],
      })
    })
  return lines.map((line) => `${line}\n`).join('')
}
