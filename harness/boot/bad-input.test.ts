import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { seededRandom } from '../kernel/index.ts'
import { wholeHost } from './testing/whole-host.ts'

/** Whatever is given: a finding or an error that says what is wrong, within two seconds and without filling the memory. */

const folder = await mkdtemp(join(tmpdir(), 'seatrial-bad-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function within<T>(work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  const result = await work()
  expect(performance.now() - from).toBeLessThan(2_000)
  return result
}

test('random bytes in every file that is read are findings or an unsettled look, never an exception', async () => {
  const random = seededRandom(11)
  const bytes = (): Buffer =>
    Buffer.from(Array.from({ length: 400 + random() * 600 }, () => Math.floor(random() * 256)))
  const paths = [
    'etc/fstab etc/crypttab etc/mdadm/mdadm.conf boot/grub/grub.cfg etc/default/grub etc/hostname etc/hosts etc/passwd',
    'etc/ssh/sshd_config etc/network/interfaces etc/nftables.conf etc/cron.d/night etc/sysctl.d/60-web.conf etc/shadow',
    'usr/lib/systemd/system/web.service usr/lib/systemd/system/night.timer etc/systemd/system.conf etc/machine-id',
    'boot/initrd.img-6.1.0-10 etc/modprobe.d/own.conf',
  ].flatMap((names) => names.split(' '))
  await using host = await wholeHost()
  for (const path of paths) {
    await writeFile(join(host.folder, path), bytes())
    const step = await within(() => host.look())
    expect(step.unsettled?.because, path).not.toBe('harness')
    expect(step.unsettled !== undefined || step.findings.length > 0, path).toBe(true)
  }
})

test('an fstab of a hundred megabytes is one finding that says so', async () => {
  await using host = await wholeHost()
  await writeFile(join(host.folder, 'etc/fstab'), Buffer.alloc(100 * 2 ** 20, 'LABEL=extra /extra xfs nofail 0 2\n'))
  const { findings, unsettled } = await within(() => host.look())
  expect(unsettled).toBeUndefined()
  expect(findings.map(({ rule }) => rule)).toContain('boot/fstab-file-long')
})

test('a unit of a hundred megabytes is an unsettled look', async () => {
  await using host = await wholeHost()
  await writeFile(join(host.folder, 'etc/systemd/system/x.service'), Buffer.alloc(100 * 2 ** 20, '# nothing\n'))
  const { unsettled } = await within(() => host.look())
  expect(unsettled).toMatchObject({
    because: 'prerequisite',
    why: expect.stringContaining('x.service has 104857600 bytes'),
  })
})

test('links in a circle are followed by nobody', async () => {
  await using host = await wholeHost()
  await host.remove('etc/fstab')
  for (const path of ['etc/fstab', 'etc/resolv.conf', 'etc/systemd/system/a.service']) await host.link(path, `/${path}`)
  const { findings, unsettled } = await within(() => host.look())
  expect(unsettled).toBeUndefined()
  expect(findings.map(({ rule }) => rule)).toContain('boot/unit-link-broken')
})

test('an archive that unpacks to a thousand times its size is given up at once', async () => {
  const [zeros, file] = [gzipSync(Buffer.alloc(64 * 2 ** 20)), join(folder, 'bomb.tar.gz')]
  await writeFile(file, Buffer.concat([gzipSync(tarHead('etc/fstab', 8 * 2 ** 30)), ...Array<Buffer>(128).fill(zeros)]))
  await using host = await wholeHost()
  const { unsettled } = await within(() => host.look(file))
  expect(unsettled?.why).toMatch(/unpacks to more than 100 times its size/)
})

test('a text that calls itself compressed, and an empty file, are refused', async () => {
  await using host = await wholeHost()
  const file = join(folder, 'no.tar.gz')
  await writeFile(file, Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(5_000, 'text')]))
  expect((await host.look(file)).unsettled?.why).toContain('cannot be read as an archive')
  await writeFile(file, '')
  await expect(host.look(file)).rejects.toThrow('which is nothing of that kind')
})

test('an archive cut off at any place is unsettled or, at its very end, whole', async () => {
  await using host = await wholeHost()
  const whole = execFileSync('tar', ['-C', host.folder, '-cf', '-', 'etc'], { maxBuffer: 2 ** 26 })
  const file = join(folder, 'cut.tar')
  for (const part of [0.1, 0.35, 0.6, 0.8]) {
    await writeFile(file, whole.subarray(0, Math.floor((whole.length * part) / 512) * 512 + 100))
    expect((await host.look(file)).unsettled?.because, String(part)).toBe('prerequisite')
  }
})

test('a hundred gigabytes of nothing are no disk', async () => {
  const file = join(folder, 'sparse.img')
  const handle = await open(file, 'w')
  await handle.truncate(100 * 2 ** 30)
  await handle.close()
  await using host = await wholeHost()
  await within(() => expect(host.look(file)).rejects.toThrow('which is nothing of that kind'))
})

function tarHead(name: string, size: number): Buffer {
  const head = Buffer.alloc(512)
  head.write(name, 0)
  head.write('0000644\0', 100)
  // Larger than eleven octal digits: the number itself, marked by its first bit.
  head.writeUInt32BE(0x80000000, 124)
  head.writeBigUInt64BE(BigInt(size), 128)
  head.write('ustar\u000000', 257)
  head.write('0', 156)
  head.fill(' ', 148, 156)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return head
}
