import { expect, test } from 'vitest'
import type { Hardware } from './qemu-command.ts'
import { leftAs, qemuCommand } from './qemu-command.ts'

const hardware: Hardware = {
  processors: 1,
  memoryMiB: 512,
  ports: [22],
  accelerator: 'tcg',
  disks: ['root', 'one', 'two'].map((name) => ({ name, file: `/disks/${name}.qcow2` })),
}

/** The word that follows an option. */
const after = (words: readonly string[], option: string): string | undefined => words[words.indexOf(option) + 1]
const disksOf = (words: readonly string[]): string[] => words.filter((word) => word.startsWith('virtio-blk-pci'))

test('a machine is started halted, and does not restart by itself', () => {
  expect(qemuCommand(hardware, {})).toEqual(expect.arrayContaining(['-S', '-no-reboot']))
})

test('a guest reaches nobody: only the ports that were asked for lead into it', () => {
  const net = after(qemuCommand(hardware, {}), '-netdev')
  expect(net).toContain('restrict=on')
  expect(net).toContain('hostfwd=tcp:0.0.0.0:22-:22')
})

test('a disk keeps its place on the bus when another is taken away', () => {
  const all = disksOf(qemuCommand(hardware, {}))
  const without = disksOf(qemuCommand(hardware, { without: ['one'] }))
  expect(all).toHaveLength(3)
  expect(without).toEqual([all[0], all[2]])
})

test('with the loader of the disk there is no kernel of ours', () => {
  const words = qemuCommand(hardware, { loader: 'disk' })
  expect(words).not.toContain('-kernel')
  expect(qemuCommand(hardware, {})).toContain('-kernel')
})

test('a held boot and more words reach the line of the kernel', () => {
  const line = after(qemuCommand(hardware, { hold: true, kernelLine: ['systemd.mask=x.timer'] }), '-append')
  expect(line?.split(' ')).toEqual(expect.arrayContaining(['seatrial.hold', 'systemd.mask=x.timer', 'root=/dev/vda']))
})

test('the kernel does not wait for a tick of its timer, which comes late where the host is busy', () => {
  expect(after(qemuCommand(hardware, {}), '-append')?.split(' ')).toContain('no_timer_check')
})

test('the clock is told to the second, in universal time', () => {
  const clock = new Date('2024-02-29T00:00:05.250Z')
  expect(after(qemuCommand(hardware, { clock }), '-rtc')).toBe('base=2024-02-29T00:00:05,clock=vm')
})

test('a machine that goes on where it was left is given what it was left as, and else the same words', () => {
  const power = { kernelLine: ['systemd.mask=x.timer'] }
  const words = qemuCommand(hardware, { ...power, asLeft: true })
  expect(words.slice(words.indexOf('-loadvm'))[1]).toBe(leftAs)
  expect(words.filter((word) => word !== '-loadvm' && word !== leftAs)).toEqual(qemuCommand(hardware, power))
})
