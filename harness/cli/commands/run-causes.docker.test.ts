import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lastRecord, scratchFolder, seatrial } from '../../../fixtures/seatrial.ts'

const harbour = fileURLToPath(new URL('../../../fixtures/boot/harbour', import.meta.url))

test('a mount that fails in a real boot comes before its service and its port, with the line of the console', async () => {
  await using folder = await scratchFolder()
  const script = await readFile(join(harbour, 'provision.sh'), 'utf8')
  // A file cannot be bound onto a folder; before the boot the right one is mounted by hand.
  const broken = script.replace('/srv/harbour/www /var/www none bind', '/etc/hostname /var/www none bind,nofail')
  expect(broken).not.toBe(script)
  await writeFile(join(folder.path, 'provision.sh'), broken)
  const declared = {
    mounts: [{ at: '/var/www' }, { at: '/var/cache/harbour', source: 'tmpfs' }],
    services: [{ unit: 'harbour.service', needs: ['/var/www'] }],
    timers: ['harbour-tides.timer'],
    ports: [8080],
  }
  const config = {
    stack: {},
    boot: {
      containers: [{ name: 'causes', build: join(harbour, 'host'), provision: './provision.sh', declared }],
    },
    depends: { 'site:harbour': { needs: ['service:harbour.service'], seen: [{ rule: 'boot/port-live-*' }] } },
  }
  await writeFile(join(folder.path, 'seatrial.config.json'), JSON.stringify(config))
  const { exitCode, stdout } = await seatrial(['run'], { cwd: folder.path, timeout: 240_000 })
  expect(exitCode, stdout).toBe(1)
  const { diagnosis } = await lastRecord(join(folder.path, 'reports'))
  expect(diagnosis?.causes).toMatchObject([
    {
      thing: 'mount:/var/www on causes',
      state: 'down',
      score: 1,
      explains: [{ thing: 'service:harbour.service on causes' }, { thing: 'site:harbour' }],
      against: [],
    },
  ])
  expect(diagnosis?.causes[0]?.evidence.map(({ from, line }) => `${from}: ${line}`)).toEqual(
    expect.arrayContaining([
      'boot/mount-live-absent at /var/www: After the boot nothing is mounted on /var/www.',
      expect.stringMatching(/^console\.txt: .*Failed to mount .*\/var\/www/),
    ]),
  )
  expect(stdout).toMatch(/hence +service:harbour\.service on causes: harbour\.service is inactive after the boot\./)
})
