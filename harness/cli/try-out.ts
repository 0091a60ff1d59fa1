import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TrialPlan } from '../trial/index.ts'
import { prepareTrial, runTrial } from '../trial/index.ts'
import type { Io } from './command.ts'
import { progressTo } from './progress.ts'
import { slices } from '../registry.ts'

// The package carries configurations compiled, so they are searched for with the ending of this very file.
const ending = extname(fileURLToPath(import.meta.url))
const empty = fileURLToPath(new URL(`../../fixtures/replication/seatrial.config${ending}`, import.meta.url))

/** A trial of what a command line says, without a stack and without a configuration of the user's. */
export async function tryOut(
  over: Pick<TrialPlan, 'practices'> & Partial<Pick<TrialPlan, 'seed'>>,
  { line, io, only = [] }: { readonly line: string; readonly io: Io; readonly only?: readonly string[] },
): ReturnType<typeof runTrial> {
  const folder = io.workingDirectory
  const plan = await prepareTrial({ folder, configFile: empty, profile: 'commit', slices, env: io.env })
  return runTrial(
    { ...plan, baseFolder: folder, ...over },
    { command: line, signal: io.signal, only, progress: progressTo(io) },
  )
}
