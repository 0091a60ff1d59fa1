import { expect, test } from 'vitest'
import type { LiveHost } from './live-host.ts'
import { hostIn as hostWith } from './host-in.ts'

const mark = '@@5ea'
const hostIn = (text: string): LiveHost => hostWith(text, mark)

/** An answer with these parts; a number in front of a text is the exit code of its command. */
function answer(parts: Readonly<Record<string, string | readonly [number, string]>>): string {
  return Object.entries(parts)
    .map(([name, part]) => {
      const [code, text] = typeof part === 'string' ? [0, part] : part
      return `${mark} ${name} ${code}\n${text}\n`
    })
    .join('')
}

test('mounts have the options of both their halves, and are read-only when either is', () => {
  const host = hostIn(
    answer({
      mounts: [
        '22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/root ro,errors=remount-ro',
        '30 22 0:40 /srv/my\\040data /var/www rw,noexec shared:7 master:1 - overlay overlay rw',
        'a line of something else',
      ].join('\n'),
      devices: '254:1 /dev/vda1',
    }),
  )
  expect(host.mounts).toEqual({
    known: [
      {
        at: '/',
        source: '/dev/root',
        device: '/dev/vda1',
        root: '/',
        type: 'ext4',
        options: ['relatime', 'ro', 'errors=remount-ro'],
      },
      { at: '/var/www', source: 'overlay', root: '/srv/my data', type: 'overlay', options: ['rw', 'noexec'] },
    ],
  })
})

test('devices are known by their tags and links', () => {
  const host = hostIn(
    answer({
      names: [
        '/dev/disk/by-label:',
        'total 0',
        'lrwxrwxrwx 1 root root 10 Nov 21 21:00 my\\x20data -> ../../vdb',
        '',
        '/dev/mapper:',
        'crw------- 1 root root 10, 236 Nov 21 21:00 control',
        'lrwxrwxrwx 1 root root 7 Nov 21 21:00 vault -> ../dm-0',
      ].join('\n'),
    }),
  )
  expect(host.names).toMatchObject({ known: { 'LABEL=my data': '/dev/vdb', '/dev/mapper/vault': '/dev/dm-0' } })
})

test('arrays have members, health and other names', () => {
  const mdstat = [
    'Personalities : [raid1] [raid0]',
    'md127 : active (auto-read-only) raid1 vdc[1](F) vdb[0]',
    '      261120 blocks super 1.2 [2/1] [U_]',
    '',
    'md1 : inactive vdd[0](S)',
    '      261120 blocks super 1.2',
    'unused devices: <none>',
  ].join('\n')
  const names = '/dev/md:\nlrwxrwxrwx 1 root root 8 Nov 21 21:00 vm:0 -> ../md127'
  expect(hostIn(answer({ arrays: mdstat, names })).arrays).toEqual({
    known: [
      {
        device: '/dev/md127',
        names: ['/dev/md/vm:0'],
        state: 'active (auto-read-only)',
        members: ['/dev/vdc', '/dev/vdb'],
        health: 'U_',
      },
      { device: '/dev/md1', names: [], state: 'inactive', members: ['/dev/vdd'] },
    ],
  })
})

test('a container does not take the swaps and arrays of its machine for its own', () => {
  const host = hostIn(answer({ container: 'docker', swaps: 'Filename\n/dev/sda2 partition 1 0 -2', arrays: '' }))
  expect([host.swaps, host.arrays, host.mapped]).toEqual(
    Array.from({ length: 3 }, () => ({ unknown: expect.stringContaining('docker container') })),
  )
  expect(hostIn(answer({ swaps: 'Filename\n/dev/sda2 partition 1 0 -2' })).swaps).toEqual({ known: ['/dev/sda2'] })
})

test('only start jobs of this boot are taken, with what they took and how they ended', () => {
  const entry = (at: number, unit: string, id: string, more: object = {}): string =>
    JSON.stringify({ __MONOTONIC_TIMESTAMP: String(at), UNIT: unit, MESSAGE_ID: id, ...more })
  const [starting, started, failed] = [
    '7d4958e842da4a758f6c1cdc7b36dcc5',
    '39f53479d3a045ac8e11786248231fbf',
    'be02cf6855d2428ba40df7e9d022f03d',
  ]
  const jobs = [
    entry(1_000_000, 'old.service', starting),
    entry(61_000_000, 'old.service', started, { JOB_TYPE: 'start', JOB_RESULT: 'done' }),
    entry(100_000_000, 'quick.service', starting),
    entry(100_500_000, 'quick.service', started, { JOB_TYPE: 'start', JOB_RESULT: 'done' }),
    entry(101_000_000, 'slow.service', starting),
    entry(141_000_000, 'slow.service', started, { JOB_TYPE: 'start', JOB_RESULT: 'done', MESSAGE: 'Started slow.' }),
    entry(190_000_000, 'dev-vdz.device', failed, { JOB_TYPE: 'start', JOB_RESULT: 'timeout', MESSAGE: 'Timed out.' }),
    '{"UNIT":"cut off',
  ].join('\n')
  const system = 'UserspaceTimestampMonotonic=99000000\nSystemState=running'
  expect(hostIn(answer({ jobs, system })).jobs).toEqual({
    known: [
      { unit: 'slow.service', result: 'done', seconds: 40, message: 'Started slow.' },
      { unit: 'dev-vdz.device', result: 'timeout', message: 'Timed out.' },
    ],
  })
  expect(hostIn(answer({ jobs: '', system })).jobs).toEqual({ unknown: 'the journal holds nothing of this boot' })
})

test('a unit that is declared and failed is told once, and one that does not exist is told too', () => {
  const units = [
    'asked web.service',
    'asked absent.service',
    'asked web.service',
    'Type=simple\nResult=exit-code\nLoadState=loaded\nActiveState=failed\nSubState=failed\nUnitFileState=enabled',
    '',
    'Type=\nResult=success\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=',
    '',
    'Type=simple\nResult=exit-code\nLoadState=loaded\nActiveState=failed\nSubState=failed\nUnitFileState=enabled',
  ].join('\n')
  expect(hostIn(answer({ units })).units).toMatchObject({
    known: [
      { name: 'web.service', load: 'loaded', active: 'failed', result: 'exit-code', enabled: 'enabled' },
      { name: 'absent.service', load: 'not-found', active: 'inactive', ran: false },
    ],
  })
})

test('ports are those on which something listens, and it is told which answer only on loopback', () => {
  const tcp = [
    '  sl  local_address rem_address   st tx_queue rx_queue',
    '   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000',
    '   1: 00000000:0016 00000000:0000 0A 00000000:00000000',
    '   2: 0100007F:9C40 0100007F:0CEA 01 00000000:00000000',
    '   0: 00000000000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000',
    '   1: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000',
  ].join('\n')
  expect(hostIn(answer({ tcp })).ports).toEqual({
    known: [
      { port: 22, loopback: false },
      { port: 631, loopback: true },
      { port: 3306, loopback: true },
    ],
  })
})

test('a part whose command failed is unknown, with what it complained of, and so is one without an answer', () => {
  const host = hostIn(`a banner of the login shell\n${answer({ units: [127, 'systemctl is not there'], clock: '7' })}`)
  expect(host.units).toEqual({ unknown: 'systemctl is not there' })
  expect(host.mounts).toEqual({ unknown: 'the host did not answer this question' })
  expect(host.clock).toEqual({ known: 7 })
})

test('comments and empty lines of fstab are not counted', () => {
  const fstab = '# /etc/fstab\n\n  # a comment\nUUID=1 / ext4 defaults 0 1\n'
  expect(hostIn(answer({ fstab })).fstabLines).toEqual({ known: 1 })
})
