import { waitFor } from '../../kernel/index.ts'
import type { Circumstance } from '../lanes/machine.ts'
import { plainConsole } from '../live/console.ts'

/**
 * The reboot finds a disk missing, as when a cloud attaches a volume late: it comes when the boot waits for nothing else
 * any more, or has ended without it. Before that, what waits for it and what does not look the same.
 */
export function diskComesLate(disk: string, { deadlineMs = 180_000, everyMs = 200 } = {}): Circumstance {
  return {
    without: [disk],
    async meanwhile(machine, { ending, signal }) {
      let over = false
      const end = (): boolean => (over = true)
      ending.then(end, end)
      await waitFor(
        `${machine.name} to wait for ${disk} alone`,
        () => {
          const line = lastLine(machine.console().text)
          return over || waitsForDevice(line) ? { done: true } : { seen: line }
        },
        { deadlineMs: deadlineMs * machine.slowness, everyMs, signal },
      )
      if (!machine.isOff()) await machine.attachDisk(disk)
    },
  }
}

/**
 * Whether systemd says that a device is all that it waits for. The console tells it for nothing: to ask the guest would take
 * seconds of its processor, out of the 90 that it waits. With several jobs it counts them: `[ *** ] (1 of 2) Job ...`.
 */
function waitsForDevice(line: string): boolean {
  return /^\[[ *]+\] (?:Job dev-|A start job is running for \/dev\/)/.test(line)
}

function lastLine(console: string): string {
  const lines = plainConsole(console.slice(-2_000)).replaceAll('\x1bM', '').split('\n')
  return lines.findLast((line) => line.trim() !== '') ?? ''
}
