import { expect, test } from 'vitest'
import type { VirtualMachine } from '../../substrate/index.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import { diskComesLate } from './late-disk.ts'

/** What came of a disk that comes late to a machine whose console shows these one after the other, the last for ever. */
async function late(consoles: readonly string[], { ending = never, off = false } = {}): Promise<unknown> {
  let looked = 0
  const attached: string[] = []
  const some: Pick<VirtualMachine, 'name' | 'slowness' | 'console' | 'isOff' | 'attachDisk'> = {
    name: 'host',
    slowness: 1,
    console() {
      const text = consoles[Math.min(looked, consoles.length - 1)] ?? ''
      looked += 1
      return { text, written: text.length }
    },
    isOff: () => off,
    attachDisk: async (disk) => void attached.push(`${disk} at look ${looked}`),
  }
  // The circumstance uses no more of it than this.
  const machine = some as VirtualMachine
  const { signal } = new AbortController()
  await diskComesLate('data', { deadlineMs: 300, everyMs: 1 }).meanwhile?.(machine, { ending, signal })
  return attached
}

const never = new Promise<BootEnd>(() => {})
const spinner = (words: string): string => `\x1bM\n\x1b[K[ \x1b[0;31m*\x1b[0;1;31m*\x1b[0m   ] ${words}\r\n\r\n`
const several = spinner(String.raw`(2 of 2) Job dev-disk-by\x2duuid-a8…ice/start running (45s / 1min 31s)`)
const alone = spinner(String.raw`Job dev-disk-by\x2duuid-a800b9ff\x2…ice/start running (47s / 1min 31s)`)
const started = '[\x1b[0;32m  OK  \x1b[0m] Reached target \x1b[0;1;39mmulti-user.target\x1b[0m.\r\n'

test('a disk comes when systemd waits for a device alone, and not while anything else starts', async () => {
  const looks = ['', several, several + spinner('Job mariadb.service/start running (38s / 15min)'), started + alone]
  expect(await late(looks)).toEqual(['data at look 4'])
})

test('what was waited for before something else was started tells nothing of now', async () => {
  expect(await late([alone + started, alone + started + alone])).toEqual(['data at look 2'])
})

test('a disk comes when the boot has ended without it', async () => {
  const ending = Promise.resolve<BootEnd>({ how: 'up', said: 'degraded', waitedMs: 1 })
  expect(await late([started], { ending })).toHaveLength(1)
})

test('a machine that turned itself off gets no disk any more', async () => {
  const ending = Promise.resolve<BootEnd>({ how: 'off', said: '', waitedMs: 1 })
  expect(await late([started], { ending, off: true })).toEqual([])
})

test('a boot that never comes to wait for the disk is no such circumstance', async () => {
  await expect(late([several])).rejects.toMatchObject({
    code: 'SEATRIAL_WAIT_DEADLINE',
    message: expect.stringContaining('(2 of 2)'),
  })
})
