import { expect, test } from 'vitest'
import type { VirtualMachine } from '../../substrate/index.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import { bootEnd } from './boot-anew.ts'

/** How the boot of a machine ends that answers nobody, and whose console shows this. */
function endOf(text: string): Promise<BootEnd> {
  const some: Pick<VirtualMachine, 'name' | 'slowness' | 'console' | 'isOff' | 'exec'> = {
    name: 'host',
    slowness: 1,
    console: () => ({ text, written: text.length }),
    isOff: () => false,
    exec: () => new Promise(() => {}),
  }
  // The end of a boot asks no more of it than this.
  return bootEnd(some as VirtualMachine, { deadlineMs: 2_000, signal: new AbortController().signal })
}

test.each([
  ['[    2.1] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\r\n', 'VFS: Unable'],
  ['ALERT! /dev/mapper/croot does not exist.  Dropping to a shell!\r\n(initramfs) ', '(initramfs)'],
])('a console on which nobody goes on is the end of a boot: %j', async (console, said) => {
  expect(await endOf(console)).toMatchObject({ how: 'console', said: expect.stringContaining(said) })
})

test('a kernel that got too little of the processor to see its timer tick tells nothing of the host', async () => {
  const console = "[    0.3] Kernel panic - not syncing: IO-APIC + timer doesn't work!  Boot with apic=debug\r\n"
  await expect(endOf(console)).rejects.toMatchObject({ code: 'SEATRIAL_MACHINE_STARVED', because: 'setup' })
})
