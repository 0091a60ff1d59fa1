import { expect, test } from 'vitest'
import { waitFor } from '../../kernel/index.ts'
import { fixtureImage } from '../fixture-image.ts'
import { openRun } from '../run-scope.ts'
import { machineImage } from './machine-image.ts'
import { createVirtualMachine } from './virtual-machine.ts'

const MiB = 2 ** 20

test('a disk that was missing comes into the running machine, at its own place, once', async () => {
  await using run = await openRun()
  const image = await machineImage(await fixtureImage('guest'))
  const disks = { one: 16 * MiB, two: 16 * MiB }
  await using machine = await createVirtualMachine({ name: 'host', image, disks }, run)
  await machine.powerOn({ hold: true, without: ['one'] })
  const serials = async () => {
    const { stdout } = await machine.exec([
      'sh',
      '-c',
      'for serial in /sys/block/vd*/serial; do echo $(cat $serial); done',
    ])
    return stdout.trim().split('\n').toSorted()
  }
  expect(await serials()).toEqual(['root', 'two'])
  await machine.attachDisk('one')
  const all = await waitFor(
    'the disk to be seen',
    async () => {
      const seen = await serials()
      return seen.length === 3 ? { done: seen } : { seen: seen.join(' ') }
    },
    { deadlineMs: 30_000 * machine.slowness },
  )
  expect(all).toEqual(['one', 'root', 'two'])
  await expect(machine.attachDisk('one')).rejects.toMatchObject({ code: 'SEATRIAL_QEMU_REFUSED' })
  await expect(machine.attachDisk('three')).rejects.toThrow('no disk is called three')
})
