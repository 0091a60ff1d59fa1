import type { Hardware } from './qemu-command.ts'
import { diskDevice } from './qemu-command.ts'
import type { Qmp } from './qmp.ts'

/**
 * Puts a disk into a machine that runs, at the place where it would have been from the beginning: a volume that the cloud
 * attaches late.
 *
 * @throws SeatrialError `SEATRIAL_QEMU_REFUSED` when it is there already
 */
export async function attachDisk(qmp: Qmp, { disks }: Pick<Hardware, 'disks'>, name: string): Promise<void> {
  const index = disks.findIndex((disk) => disk.name === name)
  const file = disks[index]?.file
  if (file === undefined) throw new Error(`no disk is called ${name}`)
  const on = { driver: 'file', filename: file }
  // As cache=unsafe of the disks that are there from the beginning.
  const cache = { direct: false, 'no-flush': true }
  await qmp.execute('blockdev-add', { driver: 'qcow2', 'node-name': name, discard: 'unmap', cache, file: on })
  await qmp.execute('device_add', diskDevice(name, index))
}
