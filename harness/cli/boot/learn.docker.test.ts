import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { scratchFolder } from '../../../fixtures/seatrial.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import { openRun, startSystemdMachine } from '../../substrate/index.ts'
import { heard } from '../heard.ts'

const unit = '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n'
const fstab = 'tmpfs /var/cache/pages tmpfs size=16M 0 0\n/srv/pages /var/www none bind 0 0\n'

test('what a container is now is written as declared state, and never over a file unless forced', async () => {
  await using run = await openRun()
  await using folder = await scratchFolder()
  const files = {
    '/etc/systemd/system/pages.service': unit,
    '/etc/fstab': fstab,
    '/srv/pages/index.html': 'page',
    '/var/cache/pages/.keep': '',
    '/var/www/.keep': '',
  }
  await using host = await startSystemdMachine({ name: 'host', image: await fixtureImage('systemd'), files }, run)
  await host.exec(['systemctl', 'enable', '--now', 'pages.service'])
  const { stdout: id } = await host.exec(['cat', '/proc/sys/kernel/hostname'])

  const { code, out } = await heard(['boot', 'learn', id.trim()], folder.path)
  expect(code).toBe(0)
  expect(parse(out)).toMatchObject({
    mounts: [
      { at: '/var/cache/pages', source: 'tmpfs', type: 'tmpfs', options: ['size=16384k'] },
      { at: '/var/www', source: '/srv/pages' },
    ],
    services: [{ unit: 'pages.service' }],
    timers: expect.arrayContaining(['apt-daily.timer']),
    target: 'multi-user.target',
  })
  expect(out).toMatch(/^# - swaps: a docker container sees those of the machine/m)

  expect((await heard(['boot', 'learn', id.trim(), '--to', 'web.yaml'], folder.path)).code).toBe(0)
  expect(parse(await readFile(join(folder.path, 'web.yaml'), 'utf8'))).toEqual(parse(out))

  await writeFile(join(folder.path, 'web.yaml'), 'mine')
  const refused = await heard(['boot', 'learn', id.trim(), '--to', 'web.yaml'], folder.path)
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('--force') })
  expect(await readFile(join(folder.path, 'web.yaml'), 'utf8')).toBe('mine')
  const forced = await heard(['boot', 'learn', id.trim(), '--to', 'web.yaml', '--force', '--json'], folder.path)
  expect(forced).toMatchObject({ code: 0, err: expect.stringContaining('not learnt: data:') })
  expect(JSON.parse(await readFile(join(folder.path, 'web.yaml'), 'utf8'))).toEqual(parse(out))
})

test('nobody can learn from two hosts, from none, or from a container that does not run', async () => {
  await using folder = await scratchFolder()
  for (const args of [[], ['one', 'two'], ['one', '--here']]) {
    expect((await heard(['boot', 'learn', ...args], folder.path)).code).toBe(3)
  }
  const gone = await heard(['boot', 'learn', 'no-such-container-of-ours'], folder.path)
  expect(gone).toMatchObject({ code: 2, err: expect.stringContaining('docker ps') })
})
