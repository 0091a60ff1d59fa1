import { z } from 'zod'
import type { RunRecord } from '../../record/index.ts'
import { toldSteps } from './told-steps.ts'

/** What `drill.json` of a step has. */
const observation = z.object({
  drill: z.string(),
  procedure: z.string(),
  ended: z.object({ how: z.string(), said: z.string(), waitedMs: z.number() }),
})

/**
 * One line of JSON a drill, in the order in which they ran:
 * `{ drill, procedure, verdict, ended, said, bootMs, trap, traps, findings }`. `ended` is up, maintenance, console, off or
 * late; `said` the last word of systemd or of the console.
 */
export function bootLines(record: RunRecord): string {
  return toldSteps(record, 'boot', observation, ({ drill, procedure, ended }) => ({
    drill,
    procedure,
    ended: ended.how,
    said: ended.said,
    bootMs: ended.waitedMs,
  }))
}
