import { randomBytes } from 'node:crypto'
import { SeatrialError } from '../../kernel/index.ts'
import type { ExecResult, Machine } from '../machine.ts'
import type { FaultHandle } from './fault.ts'
import { inEffect } from './fault.ts'

export interface FullDiskOptions {
  /** A folder on the filesystem to fill. */
  readonly path: string
  /** Filesystems with more bytes free than this are refused; 256 MiB when left out. */
  readonly boundBytes?: number
}

/**
 * Fills a filesystem of the target to the last block, and proves it by a write that fails. Undone
 * by removing the file. A container's own root is the disk of the machine under it, so the
 * filesystem must be a small one: a tmpfs or a volume with a size.
 *
 * @throws SeatrialError `SEATRIAL_DISK_TOO_LARGE` (unsettled: unsupported), `SEATRIAL_DISK_NOT_FULL`
 */
export async function fullDisk(target: Machine, options: FullDiskOptions): Promise<FaultHandle> {
  const { path, boundBytes = 256 * 1024 * 1024 } = options
  const free = await freeBytes(target, path)
  if (free > boundBytes) {
    throw new SeatrialError(
      'SEATRIAL_DISK_TOO_LARGE',
      `${path} of ${target.name} has ${free} bytes free, more than the bound of ${boundBytes}`,
      { mend: `Give ${target.name} a tmpfs of a few megabytes at ${path}.`, because: 'unsupported' },
    )
  }
  const file = `${path.replace(/\/+$/, '')}/.seatrial-full-${randomBytes(4).toString('hex')}`
  const handle = inEffect(`${path} of ${target.name} is full`, async () => {
    await succeed(target, 'rm -f -- "$1"', file)
  })
  try {
    // fallocate takes most of it in one step where the filesystem can; dd takes what is left, and ends by failing.
    const script =
      'fallocate -l "$2" -- "$1" 2>/dev/null; dd if=/dev/zero bs=64k >>"$1" 2>/dev/null; dd if=/dev/zero bs=1 count=65536 >>"$1" 2>/dev/null; true'
    await succeed(target, script, file, String(free))
    const { exitCode } = await shell(target, 'echo full >"$1.proof"; e=$?; rm -f -- "$1.proof"; exit $e', file)
    if (exitCode !== 0) return handle
    throw new SeatrialError('SEATRIAL_DISK_NOT_FULL', `${path} of ${target.name} still takes a write`, {
      mend: 'Use a filesystem without a reserve, such as a tmpfs with a size.',
      because: 'unsupported',
    })
  } catch (error) {
    await handle[Symbol.asyncDispose]()
    throw error
  }
}

async function freeBytes(target: Machine, path: string): Promise<number> {
  // POSIX form: the fourth column of the last line is what is available, in 1024-byte blocks.
  const { stdout } = await succeed(target, 'df -Pk -- "$1"', path)
  return Number(stdout.trim().split('\n').at(-1)?.split(/\s+/)[3]) * 1024
}

async function shell(target: Machine, script: string, ...values: string[]): Promise<ExecResult> {
  return target.exec(['sh', '-c', script, 'sh', ...values], { user: 'root' })
}

async function succeed(target: Machine, script: string, ...values: string[]): Promise<ExecResult> {
  const result = await shell(target, script, ...values)
  if (result.exitCode === 0) return result
  throw new SeatrialError('SEATRIAL_FAULT_FAILED', `on ${target.name}, \`${script}\` failed: ${result.stderr.trim()}`, {
    mend: `Look whether ${values[0] ?? 'the path'} is a folder on ${target.name} and its image has sh, df and dd.`,
  })
}
