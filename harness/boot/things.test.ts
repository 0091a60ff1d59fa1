import { describe, expect, test } from 'vitest'
import { rfc, rule } from '../kernel/index.ts'
import { declaredState } from './declared.ts'
import { parseFstab } from './fstab/parse.ts'
import { bootSection } from './section.ts'
import { boot } from './slice.ts'
import { thingsOf, withThing } from './things.ts'

const declared = declaredState.parse({
  mounts: [
    { at: '/' },
    { at: '/var', source: '/dev/mapper/secret' },
    { at: '/var/lib/mysql', source: '/dev/md0' },
    { at: '/variable' },
  ],
  arrays: [{ device: '/dev/md0' }, { device: '/dev/md1' }],
  encrypted: [{ name: 'secret', source: '/dev/md1' }],
  swaps: [{ source: 'UUID=5' }],
  services: [{ unit: 'mariadb.service', needs: ['/var/lib/mysql'] }],
  timers: ['backup.timer'],
})

describe('the things of a host', () => {
  test('need what they lie on: a service its mounts, a mount the nearest above it, its array, its encrypted volume', () => {
    expect(thingsOf(declared, 'db').needs).toEqual({
      'array:/dev/md0 on db': [],
      'array:/dev/md1 on db': [],
      'volume:secret on db': ['array:/dev/md1 on db'],
      'mount:/ on db': [],
      'mount:/var on db': ['mount:/ on db', 'volume:secret on db'],
      'mount:/var/lib/mysql on db': ['mount:/var on db', 'array:/dev/md0 on db'],
      'mount:/variable on db': ['mount:/ on db'],
      'swap:UUID=5 on db': [],
      'service:mariadb.service on db': ['mount:/var/lib/mysql on db'],
      'timer:backup.timer on db': [],
    })
  })

  test('are said to have been asked only by who asked them', () => {
    expect(thingsOf(declared, 'db')).not.toHaveProperty('asked')
    const { needs = {}, asked } = thingsOf(declared, 'db', { asked: true })
    expect(asked).toEqual(Object.keys(needs))
  })

  test('are known to the configuration from every target of the section', () => {
    const section = bootSection.parse({
      files: [
        { name: 'one', path: './one', declared: { mounts: [{ at: '/data' }] } },
        { name: 'two', path: './two', declared: { services: [{ unit: 'a.service', needs: ['/x'] }] } },
      ],
    })
    expect(boot.things?.(section).needs).toEqual({
      'mount:/data on one': [],
      'service:a.service on two': ['mount:/x on two'],
    })
  })
})

test('a finding is about the thing at its place: what is declared by its name, a line of fstab by its mount', () => {
  const found = rule({
    id: 'boot/any-thing',
    level: 'error',
    reference: rfc(9110),
    says: () => 'It is wrong.',
    wants: 'It is right.',
    remedy: 'Mend it.',
  })
  const name = withThing(
    declared,
    parseFstab(new TextEncoder().encode('# data\nUUID=1 /srv ext4 rw 0 2\nUUID=5 none swap sw 0 0\n')),
  )
  const places = [
    '/etc/fstab:2',
    '/etc/fstab:3',
    '/etc/fstab:9',
    '/var',
    'mariadb.service',
    '/dev/md0',
    '/etc/crypttab',
  ]
  expect(places.map((place) => name(found.at(place)).about)).toEqual([
    'mount:/srv',
    'swap:UUID=5',
    undefined,
    'mount:/var',
    'service:mariadb.service',
    'array:/dev/md0',
    undefined,
  ])
  expect(name({ ...found.at('/var'), about: 'volume:secret' }).about).toBe('volume:secret')
})
