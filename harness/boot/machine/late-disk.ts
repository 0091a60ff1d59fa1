import type { Look } from '../../kernel/index.ts'
import { waitFor } from '../../kernel/index.ts'
import type { VirtualMachine } from '../../substrate/index.ts'
import type { Circumstance } from '../lanes/machine.ts'

/** systemd's state, and the units whose jobs run; jobs that wait for another are left out. */
const question = [
  'echo "state $(timeout 10 systemctl is-system-running 2>/dev/null)"',
  "timeout 10 systemctl list-jobs --no-legend --no-pager 2>/dev/null | sed -n 's/ running *$//p'",
].join('\n')

/**
 * The reboot finds a disk missing, as when a cloud attaches a volume late: it comes when the boot waits for nothing else
 * any more, or has ended without it. Before that, what waits for it and what does not look the same.
 */
export function diskComesLate(disk: string, { deadlineMs = 120_000 } = {}): Circumstance {
  return {
    without: [disk],
    async meanwhile(machine, signal) {
      const limits = { deadlineMs: deadlineMs * machine.slowness, everyMs: 1_000, signal }
      await waitFor(`${machine.name} to wait for ${disk} alone`, () => waitsForDevices(machine), limits)
      await machine.attachDisk(disk)
    },
  }
}

async function waitsForDevices(machine: Pick<VirtualMachine, 'exec'>): Promise<Look<true>> {
  const { stdout } = await machine.exec(['sh', '-c', question])
  const [first = '', ...running] = stdout.trimEnd().split('\n')
  if (/^state (?:running|degraded|maintenance)$/.test(first)) return { done: true }
  const alone = running.length > 0 && running.every((job) => /\.device\s/.test(job))
  return alone ? { done: true } : { seen: `${first}; jobs: ${running.join(', ')}` }
}
