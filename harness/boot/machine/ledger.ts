import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { Machine, VirtualMachine } from '../../substrate/index.ts'
import { plainConsole } from '../live/console.ts'
import type { Written } from '../live/written.ts'
import { isRecord, toldOn } from '../live/written.ts'

/** Where the application of a power drill keeps its records, on a disk of its own. */
export const ledger = { mount: '/srv/ledger', records: '/srv/ledger/records', disk: '/dev/disk/by-id/virtio-ledger' }

/** What a procedure installs. It stays in the foreground and tells on the console what it begins and acknowledges. */
const application = '/usr/local/bin/ledger'

/** Of a line that is no record so much is kept. Characters. */
const kept = 200

/**
 * Starts the application, and cuts the power while it writes, once it has acknowledged so many records. What it had told
 * until the end was received as it came.
 *
 * @throws SeatrialError `SEATRIAL_NO_WRITES` (unsettled: setup) when it was not writing up to the cut: nothing is shown then
 */
export async function cutWhileWriting(
  machine: Pick<VirtualMachine, 'name' | 'slowness' | 'exec' | 'console' | 'cutPower'>,
  { enough, signal }: { readonly enough: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const start = `[ -x ${application} ] && { setsid ${application} </dev/null >/run/ledger.said 2>&1 & }`
  const { exitCode } = await machine.exec(['sh', '-c', start])
  if (exitCode !== 0) throw noWrites(`there is no ${application}`)
  const told = (): ReturnType<typeof toldOn> => toldOn(plainConsole(machine.console().text))
  const order = await waitFor(
    `${machine.name} to acknowledge ${enough} records`,
    () => {
      const { acknowledged } = told()
      return acknowledged.length >= enough ? { done: acknowledged.length } : { seen: `${acknowledged.length} of them` }
    },
    { deadlineMs: 60_000 * machine.slowness, signal, mend: `Look what ${application} says: run it by hand.` },
  )
  await machine.cutPower()
  const { acknowledged, open } = told()
  // Begun and not acknowledged, or further ones since the order was given: either shows that it was at it.
  if (!open && acknowledged.length === order) throw noWrites('nothing was being written when the power was cut')
  return acknowledged
}

function noWrites(why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_WRITES', `the power cut shows nothing: ${why}`, {
    mend: `Let the script install ${application}, which appends records without a pause and tells each on /dev/console.`,
    because: 'setup',
  })
}

/** Lines of the file, in their order; none when there is no file. @throws SeatrialError when the host does not answer */
export async function recordsFound(machine: Pick<Machine, 'exec'>): Promise<readonly string[]> {
  const { stdout } = await machine.exec(['sh', '-c', `[ ! -e ${ledger.records} ] || cat ${ledger.records}`])
  const lines = stdout.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => (isRecord(line) ? line : line.slice(0, kept)))
}

/** What the check at boot said of the disks, on one line; the console does not show it. */
export async function checkSaid(machine: Pick<Machine, 'exec'>): Promise<string> {
  const { stdout } = await machine.exec(['sh', '-c', 'journalctl -b -q -o cat -t systemd-fsck'])
  return stdout.trim().replaceAll(/\n+/g, '; ')
}

/** What e2fsck says of the disk, forced to look at all of it, changing nothing; undefined when it could not look. */
export async function fileSystemSaid(machine: Pick<Machine, 'exec'>): Promise<Written['fileSystem']> {
  const unmount = `if mountpoint -q ${ledger.mount}; then umount ${ledger.mount} || exit 8; fi`
  const { exitCode, stdout } = await machine.exec(['sh', '-c', `${unmount}; e2fsck -fn ${ledger.disk} 2>&1`])
  // 4: errors that are left. All else but 0 is about e2fsck and not about the disk.
  return exitCode === 0 || (exitCode & 4) !== 0 ? { exitCode, said: stdout } : undefined
}
