import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureImage } from '../fixture-image.ts'
import type { RunScope } from '../run-scope.ts'
import { openRun } from '../run-scope.ts'
import { machineImage } from './machine-image.ts'
import type { VirtualMachine } from './virtual-machine.ts'
import { createVirtualMachine } from './virtual-machine.ts'

let run: RunScope
let image: string
let machine: VirtualMachine
beforeAll(async () => {
  run = await openRun()
  image = await machineImage(await fixtureImage('guest'))
  machine = await createVirtualMachine({ name: 'host', image, disks: { data: 64 * 2 ** 20 } }, run)
}, 400_000)
afterAll(() => run[Symbol.asyncDispose]())

describe('a virtual machine', () => {
  test('that is off answers nobody, and says how to switch it on', async () => {
    await expect(machine.exec(['true'])).rejects.toMatchObject({ code: 'SEATRIAL_MACHINE_OFF' })
  })

  test('has a kernel and disks of its own, and can be changed before its root is used', async () => {
    await machine.powerOn({ hold: true })
    const { stdout } = await machine.exec(['sh', '-c', 'uname -r; cat /proc/partitions'])
    expect(stdout).toMatch(/-cloud-amd64\n/)
    expect(stdout).toMatch(/ 65536 vdb\n/)
    await machine.writeFile('/etc/changed', 'ü\n')
    expect(Buffer.from(await machine.readFile('/etc/changed')).toString()).toBe('ü\n')
  })

  test('tells what a command said and how it ended, and refuses a second start', async () => {
    const ran = await machine.exec(['sh', '-c', 'echo "$A"; pwd; exit 3'], {
      env: { A: "it's" },
      workingDirectory: '/etc',
    })
    expect(ran).toEqual({ exitCode: 3, stdout: "it's\n/etc\n", stderr: '' })
    await expect(machine.powerOn()).rejects.toMatchObject({ code: 'SEATRIAL_MACHINE_ON' })
  })

  test('whose console is written to shows it, from the first line of its kernel on', async () => {
    await machine.exec(['sh', '-c', 'echo somebody was here >/dev/console'])
    const { text } = machine.console()
    expect(text).toMatch(/Linux version.*somebody was here/s)
  })

  test('that is cut off keeps what it had flushed and loses what it had not', async () => {
    // The journal must not commit by itself in between, however slow this place is.
    const write = 'mount -o remount,commit=600 / && echo flushed >/etc/flushed && sync && echo lost >/etc/unflushed'
    await machine.exec(['sh', '-c', write])
    await machine.cutPower()
    expect(machine.isOff()).toBe(true)
    await machine.powerOn({ hold: true })
    const { stdout } = await machine.exec(['sh', '-c', 'cat /etc/flushed; ls /etc/unflushed 2>&1 || true'])
    expect(stdout).toMatch(/^flushed\n.*cannot access/s)
  })

  test('whose disk is taken away boots without it', async () => {
    await machine.cutPower()
    await machine.powerOn({ hold: true, without: ['data'] })
    const { stdout } = await machine.exec(['cat', '/proc/partitions'])
    expect(stdout).not.toContain('vdb')
    await machine.cutPower()
  })

  test('that is left goes on where it was, with its memory and its disks', async () => {
    await machine.powerOn({ hold: true })
    await machine.exec(['sh', '-c', 'echo memory >/run/kept; echo disk >/etc/kept; sleep 1000 & echo $! >/run/sleeper'])
    await machine.leave()
    expect(machine.isOff()).toBe(true)
    await machine.powerOn({ hold: true, asLeft: true })
    const { stdout } = await machine.exec(['sh', '-c', 'cat /run/kept /etc/kept; cat /proc/$(cat /run/sleeper)/comm'])
    expect(stdout).toBe('memory\ndisk\nsleep\n')
    await machine.cutPower()
  })

  test('has the clock that it is given', async () => {
    await machine.powerOn({ hold: true, clock: new Date('2024-02-29T23:59:00Z') })
    const { stdout } = await machine.exec(['date', '-u', '+%F'])
    expect(stdout.trim()).toBe('2024-02-29')
    await machine.cutPower()
  })

  test('with a root that is none says so on its console, and goes no further', async () => {
    await using broken = await createVirtualMachine({ name: 'broken', image, disks: { data: 2 ** 20 } }, run)
    await broken.powerOn({ hold: true })
    await broken.exec(['sh', '-c', 'sync; dd if=/dev/zero of=/dev/vda bs=1M count=8 conv=fsync 2>/dev/null'])
    await broken.cutPower()
    await broken.powerOn()
    await expect.poll(() => broken.console().text, { timeout: 60_000 }).toContain('seatrial: no root on /dev/vda')
  })
})
