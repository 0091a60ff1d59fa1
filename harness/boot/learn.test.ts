import { expect, test } from 'vitest'
import { declaredState } from './declared.ts'
import { learn } from './learn.ts'
import { runLiveChecks } from './live-check.ts'
import { lived } from './testing/lived.ts'

const seen = lived({
  after: {
    mounts: [
      { at: '/srv', source: '/dev/dm-0', device: '/dev/dm-0', options: ['rw', 'noexec', 'relatime'] },
      { at: '/var/www', source: '/dev/vda1', device: '/dev/vda1', root: '/home/www' },
      { at: '/cache', source: 'tmpfs', type: 'tmpfs', options: ['rw', 'size=65536k'] },
      { at: '/proc', source: 'proc', type: 'proc' },
      { at: '/run/user/0', source: 'tmpfs', type: 'tmpfs' },
      { at: '/var/lib/docker/overlay2/1/merged', source: 'overlay', type: 'overlay' },
    ],
    names: { 'UUID=1': '/dev/vda1', 'UUID=2': '/dev/dm-0', '/dev/mapper/vault': '/dev/dm-0', 'UUID=3': '/dev/vdc' },
    swaps: ['/dev/vdc'],
    mapped: ['vault', 'vg-home'],
    opened: ['vault'],
    started: ['web.service', 'night.timer'],
    units: [{ name: 'web.service' }, { name: 'night.timer' }],
    ports: [
      { port: 80, loopback: false },
      { port: 40_001, loopback: false },
    ],
  },
})
if (seen.after === undefined) throw new Error('the example has a host')
const { declared, untold } = learn(seen.after)

test('what is learnt names disks by what stays, folders that are bound by their path, in the order of their paths, and leaves the rest out', () => {
  expect(declared).toEqual({
    mounts: [
      { at: '/', source: 'UUID=1', type: 'ext4' },
      { at: '/cache', source: 'tmpfs', type: 'tmpfs', options: ['size=65536k'] },
      { at: '/srv', source: '/dev/mapper/vault', type: 'ext4', options: ['noexec'] },
      { at: '/var/www', source: '/home/www' },
    ],
    swaps: [{ source: 'UUID=3' }],
    encrypted: [{ name: 'vault' }],
    services: [{ unit: 'web.service' }],
    timers: ['night.timer'],
    ports: [80],
    hostname: 'host',
    target: 'multi-user.target',
  })
})

test('a host that has not changed is as it was learnt', async () => {
  const results = await runLiveChecks({ ...seen, declared: declaredState.parse(declared) }, [])
  expect(results.flatMap(({ findings }) => findings.map(({ sentence }) => sentence))).toEqual([])
  expect(results.filter(({ unsettled }) => unsettled !== undefined)).toEqual([])
})

test('what nobody can learn by looking is told, and so is what this host could not tell', () => {
  expect(untold).toEqual(
    expect.arrayContaining([
      expect.stringContaining('40001'),
      expect.stringMatching(/^data:/),
      expect.stringMatching(/^kernel:/),
    ]),
  )
  const { after } = lived({ after: { unknown: { started: 'systemctl is not there' } } })
  if (after === undefined) throw new Error('the example has a host')
  expect(learn(after).untold).toContain('services and timers: systemctl is not there.')
})
