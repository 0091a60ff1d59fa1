import { availableParallelism, machine, release, totalmem, type } from 'node:os'
import type { MachineFacts } from './schema.ts'

/** The machine that the run stands on. `engine` is the container engine's version, null without one. */
export function machineFacts(engine: string | null): MachineFacts {
  const limit = process.constrainedMemory()
  return {
    os: `${type()} ${release()}`,
    architecture: machine(),
    cpus: availableParallelism(),
    // Zero, or more than there is, stands for "no limit".
    memoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    node: process.version,
    engine,
  }
}
