import { bytesOf } from '../../input/index.ts'
import { rule, SeatrialError } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { askEach } from '../bench/ask-each.ts'
import type { Bench } from '../bench/open-bench.ts'
import { apacheManual } from '../references.ts'

const visits = 200
const MiB = 2 ** 20

export const workerMemoryOver = rule({
  id: 'loadbalancing/worker-memory-over',
  level: 'error',
  reference: apacheManual('misc/perf-tuning.html', 'performance tuning'),
  says: ({ processes, each, allowed }: { processes: number; each: number; allowed: number }) =>
    `${processes} workers of ${inMiB(each)} MiB need ${inMiB(processes * each)} MiB, and ${inMiB(allowed)} MiB are there for them.`,
  wants: 'When all workers run that the configuration allows, their memory is there.',
  remedy: 'Lower the limit of workers (MaxRequestWorkers, ServerLimit, worker_processes), or give them more memory.',
})

export interface WorkerMemorySeen {
  /** Where the number is written. */
  readonly place: string
  /** Worker processes that there may be. */
  readonly processes: number
  /** Bytes that the largest of those that run has for itself alone. */
  readonly each: number
  readonly allowed: number
}

/** The memory that a worker does not share with others, when it has worked, and how many of them there may be. */
export const workerMemory = balancerProbe({
  id: 'loadbalancing/worker-memory',
  rules: [workerMemoryOver],
  expects: ({ expect: { workers } }) =>
    workers?.memory === undefined
      ? notAsked('no memory is set aside (expect.workers.memory)')
      : { memory: workers.memory },
  async gather(bench, { memory }) {
    await askEach(
      bench,
      Array.from({ length: visits }, () => ({})),
    )
    const sizes = await privateSizes(bench)
    const said = bench.setup.processes
    return {
      place: said === undefined ? 'workers' : `${said.file}:${said.line}`,
      processes: Math.max(said?.count ?? 0, sizes.length),
      each: Math.max(...sizes),
      allowed: bytesOf(memory),
    }
  },
  *run({ place, processes, each, allowed }: WorkerMemorySeen) {
    if (processes * each > allowed) yield workerMemoryOver.at(place, { processes, each, allowed })
  },
  examples: [
    {
      title: 'room for all',
      given: { place: 'apache2.conf:9', processes: 4, each: 4 * MiB, allowed: 64 * MiB },
      yields: [],
    },
    {
      title: 'room for a quarter of them',
      given: { place: 'apache2.conf:9', processes: 64, each: 4 * MiB, allowed: 64 * MiB },
      yields: [workerMemoryOver],
    },
  ],
})

// A worker may have ended since it was counted.
const sumUp = 'for pid; do awk "/^Private_/ { sum += \\$2 } END { print sum }" "/proc/$pid/smaps_rollup"; done'

/** Bytes of each worker: proc_pid_smaps(5). */
async function privateSizes({ balancer }: Bench): Promise<readonly number[]> {
  const workers = await balancer.workers()
  const { stdout, stderr } = await balancer.container.exec(['sh', '-c', sumUp, 'sh', ...workers])
  const sizes = stdout.split('\n').flatMap((line) => (/^\d+$/.test(line) ? [Number(line) * 1024] : []))
  if (sizes.length > 0) return sizes
  throw new SeatrialError(
    'SEATRIAL_NO_WORKERS',
    `the memory of ${workers.length} workers could not be read: ${stderr.trim()}`,
    {
      mend: 'Let it run with workers of its own, on a kernel that tells of them: /proc/PID/smaps_rollup.',
      because: 'unsupported',
    },
  )
}

function inMiB(bytes: number): string {
  return (bytes / MiB).toFixed(1)
}
