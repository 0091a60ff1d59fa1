import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judgeSteps } from '../../judge/index.ts'
import type { Verdict } from '../../kernel/index.ts'
import { manualClock } from '../../kernel/index.ts'
import type { GateOptions, Gated } from '../gate/gate-reports.ts'
import { gateReports } from '../gate/gate-reports.ts'

/** What the gate makes of reports, by their names. */
export async function gated(
  reports: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<GateOptions> = {},
): Promise<Gated & { readonly verdict: Verdict }> {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-gate-'))
  try {
    for (const [name, content] of Object.entries(reports)) await writeFile(join(folder, name), content)
    const clock = manualClock('2026-11-22')
    const result = await gateReports(Object.keys(reports), { folder, block: 'high', clock, ...options })
    const policy = { block: 'error' as const, budgets: {}, allow: [], accept: [], baseline: [] }
    return { ...result, verdict: judgeSteps(result.steps, policy, new Date(clock.now())).verdict }
  } finally {
    await rm(folder, { recursive: true })
  }
}
