import { resolve } from 'node:path'
import { z } from 'zod'
import { loadAcceptFile, readBaseline } from '../../judge/index.ts'
import type { GatePolicy, RunHead } from '../../record/index.ts'
import { machineFacts, newRunId } from '../../record/index.ts'
import { version } from '../../version.ts'
import { idList } from '../only.ts'

/** What `seatrial http` takes, whatever it looks at. */
export const commonOptions = z.object({
  format: z.string().default('text'),
  only: idList,
  block: z.enum(['error', 'warning', 'info']).default('error'),
  accept: z.string().optional(),
  baseline: z.string().optional(),
  seed: z.coerce.number().int().default(1),
})

export type CommonOptions = z.infer<typeof commonOptions>

/**
 * Files are looked for in the given folder.
 *
 * @throws UsageError for a file that is not there, or not what it should be
 */
export async function policyOf({ block, accept, baseline }: CommonOptions, folder: string): Promise<GatePolicy> {
  const here = (path: string): string => resolve(folder, path)
  return {
    block,
    budgets: {},
    allow: [],
    accept: accept === undefined ? [] : [...(await loadAcceptFile(here(accept)))],
    baseline: baseline === undefined ? [] : [...(await readBaseline(here(baseline)))],
  }
}

/** The head of a run that has no configuration and no stack. */
export function headOf(command: string, { seed }: CommonOptions, gate: GatePolicy, startedAt: Date): RunHead {
  return {
    version: 1,
    id: newRunId(startedAt),
    seatrial: version,
    command,
    profile: 'none',
    seed,
    startedAt: startedAt.toISOString(),
    machine: machineFacts(null),
    gate,
  }
}
