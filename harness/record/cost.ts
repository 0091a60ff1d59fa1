import { readFileSync } from 'node:fs'
import type { Clock } from '../kernel/index.ts'
import { systemClock } from '../kernel/index.ts'
import type { RunCost } from './schema.ts'

export interface CostMeter {
  /** What was spent since the meter started. The peak is the process's own, since it began. */
  readonly read: () => RunCost
}

/**
 * Starts to count: wall time, processor time of this process and of its ended children, and
 * the peak of this process's resident memory. Children count on Linux only.
 */
export function startCostMeter(clock: Clock = systemClock): CostMeter {
  const start = clock.elapsed()
  const spent = processorMs()
  return {
    read: () => ({
      wallMs: Math.round(clock.elapsed() - start),
      cpuMs: Math.max(0, Math.round(processorMs() - spent)),
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    }),
  }
}

function processorMs(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  return (userCPUTime + systemCPUTime) / 1000 + endedChildrenMs()
}

/** Fields 16 and 17 of /proc/self/stat (proc_pid_stat(5)), in ticks of 10 ms. */
function endedChildrenMs(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    // The name, field 2, stands in parentheses and may hold blanks; count behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[13]) + Number(fields[14])) * 10
  } catch {
    return 0
  }
}
