import type { Clock, StepReport } from '../kernel/index.ts'
import { systemClock } from '../kernel/index.ts'
import type { RunRecord } from '../record/index.ts'
import { startCostMeter } from '../record/index.ts'
import { startRecording } from '../trial/recording.ts'
import type { Io } from './command.ts'
import type { CommonOptions } from './http/gate-options.ts'
import { headOf, policyOf } from './http/gate-options.ts'

/** Looks without a configuration and without a stack, and gives the record of it. */
export async function recordOf(
  command: string,
  common: CommonOptions,
  look: (clock: Clock) => AsyncIterable<StepReport>,
  { io, secrets = [] }: { readonly io: Io; readonly secrets?: readonly string[] },
): Promise<RunRecord> {
  const clock = systemClock
  const [meter, startedAt] = [startCostMeter(clock), new Date(clock.now())]
  const head = headOf(command, common, await policyOf(common, io.workingDirectory), startedAt)
  const recording = await startRecording(head, { secrets: [...secrets] })
  for await (const step of look(clock)) recording.step(step)
  const endedAt = new Date(clock.now()).toISOString()
  return recording.finish({ state: 'complete', endedAt, cost: meter.read() })
}
