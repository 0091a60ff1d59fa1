import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../record/index.ts'
import { runRecord } from '../../record/schema.ts'
import { sampleFinding, sampleStep } from '../../record/sample-run.ts'
import type { Scene } from '../testing/scene.ts'
import { about, look, noAnswer, recordOfScene } from '../testing/scene.ts'

/** A cause as a person would read it down a list. */
function told({ diagnosis }: RunRecord): string[] {
  return (diagnosis?.causes ?? []).map(({ thing, state, score, explains, against }) => {
    const consequences = explains.map((each) => (each.state === 'down' ? each.thing : `${each.thing} (could not look)`))
    return [
      `${thing} ${state} ${score}`,
      ...(consequences.length > 0 ? [`explains ${consequences.join(', ')}`] : []),
      ...(against.length > 0 ? [`though ${against.join(', ')} up`] : []),
    ].join('; ')
  })
}

const site = {
  needs: ['service:mariadb.service on db'],
  seen: [{ rule: 'http/expected-answer-status-unmet', subject: 'balancer /', place: '*' }],
}
const status502 = sampleStep({
  id: 'http/expect',
  subject: 'balancer /',
  findings: [
    sampleFinding({
      rule: 'http/expected-answer-status-unmet',
      subject: 'balancer /',
      sentence: 'Expected status 200; seen: status 502.',
    }),
  ],
})
const database = 'service:mariadb.service on db'
const mount = 'mount:/var/lib/mysql on db'

const mountLost: Scene = {
  depends: { 'site:shop': site, [database]: [mount] },
  steps: [
    status502,
    look(
      'db',
      [about(database, 'mariadb.service is failed after the boot.'), about(mount, 'Nothing is mounted on it.')],
      [database, mount, 'service:ssh.service on db'],
      {
        attachments: [
          { name: 'boot.json', contentType: 'application/json', content: '"failed to mount /var/lib/mysql"' },
          {
            name: 'console.log',
            contentType: 'text/plain',
            content: [
              '[  OK  ] Mounted /var/lib/mysql-files.',
              '[FAILED] Failed to mount /var/lib/mysql.',
              '[  OK  ] Reached target Network.',
            ].join('\r\n'),
          },
        ],
      },
    ),
    sampleStep({
      id: 'boot/files',
      subject: 'db',
      findings: [
        about(mount, 'Line 4 of /etc/fstab names UUID=1-3, and none of the declared disks is that.', {
          rule: 'boot/fstab-source-unknown',
          place: '/etc/fstab:4',
          evidence: { line: 4, text: 'UUID=1-3 /var/lib/mysql ext4 defaults,nofail 0 2' },
        }),
      ],
    }),
  ],
}

describe('a mount is lost, the database on it is down, and the site answers 502', () => {
  const record = recordOfScene(mountLost)

  test('the mount comes first and explains the other two, each with what lies between', () => {
    expect(told(record)).toEqual([`${mount} down 1; explains ${database}, site:shop`])
    expect(record.diagnosis?.down).toBe(3)
    expect(record.diagnosis?.causes[0]?.explains.map(({ via }) => via)).toEqual([[], [database]])
  })

  test('its evidence is what was found, the line of fstab, and the line of the console that names it', () => {
    expect(record.diagnosis?.causes[0]?.evidence).toEqual([
      { from: 'boot/service-live-down at /var/lib/mysql', line: 'Nothing is mounted on it.' },
      {
        from: 'boot/fstab-source-unknown at /etc/fstab:4',
        line: 'Line 4 of /etc/fstab names UUID=1-3, and none of the declared disks is that.',
      },
      { from: 'text', line: 'UUID=1-3 /var/lib/mysql ext4 defaults,nofail 0 2' },
      { from: 'console.log', line: '[FAILED] Failed to mount /var/lib/mysql.' },
    ])
  })

  test('the record is still one that its schema takes, and the same when it is judged from the other end', () => {
    expect(runRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
    expect(recordOfScene({ ...mountLost, steps: mountLost.steps.toReversed() }).diagnosis?.causes[0]).toMatchObject({
      thing: mount,
      score: 1,
      explains: record.diagnosis?.causes[0]?.explains,
    })
  })
})

const services = ['service:nginx.service on web', 'service:cron.service on web'] as const

describe.each<[title: string, scene: Scene, expected: string[]]>([
  [
    'an array is degraded and everything on it is up: it stands alone, and what speaks against more is told',
    {
      steps: [
        look('web', [about('array:/dev/md0 on web', '1 of 2 disks is missing.')], ['mount:/opt on web', services[0]], {
          things: {
            needs: { 'mount:/opt on web': ['array:/dev/md0 on web'], [services[0]]: ['mount:/opt on web'] },
          },
        }),
      ],
    },
    ['array:/dev/md0 on web down 0.5; though mount:/opt on web up'],
  ],
  [
    'an array is degraded, which is a warning: nothing is down',
    {
      depends: { 'mount:/opt on web': ['array:/dev/md0 on web'] },
      steps: [look('web', [about('array:/dev/md0 on web', '1 of 2 disks is missing.', { level: 'warning' })])],
    },
    [],
  ],
  [
    'two services are down and the disk of their host is full: the disk, and both below it',
    {
      depends: { [services[0]]: ['disk:/ on web'], [services[1]]: ['disk:/ on web'] },
      steps: [
        look('web', [
          ...services.map((each) => about(each, `${each} is failed.`)),
          about('disk:/ on web', '0 bytes are free.'),
        ]),
      ],
    },
    [`disk:/ on web down 1; explains ${services[1]}, ${services[0]}`],
  ],
  [
    'the same, and nobody looked at the disk: it is suspected first, and explains nobody away',
    {
      depends: { [services[0]]: ['disk:/ on web'], [services[1]]: ['disk:/ on web'] },
      steps: [
        look(
          'web',
          services.map((each) => about(each, `${each} is failed.`)),
        ),
      ],
    },
    [
      `disk:/ on web not-looked-at 0.6; explains ${services[1]}, ${services[0]}`,
      `${services[1]} down 0.5`,
      `${services[0]} down 0.5`,
    ],
  ],
  [
    'one of five services of a host is down: the host is not suspected, because the others are up, and nothing is ranked',
    {
      depends: Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e'].map((each) => [`service:${each} on web`, ['disk:/ on web']]),
      ),
      steps: [
        look(
          'web',
          [about('service:a on web', 'a is failed.')],
          ['b', 'c', 'd', 'e'].map((each) => `service:${each} on web`),
        ),
      ],
    },
    [],
  ],
  [
    "files have a fault in a mount and another in its service: neither is the other's consequence, but what runs on them is",
    {
      depends: { 'site:shop': [database], [database]: [mount] },
      steps: [
        sampleStep({
          id: 'boot/files',
          subject: 'db',
          findings: [
            about(mount, 'Line 2 has noauto.', { inherent: true }),
            about(database, 'Nothing starts it: it is not enabled.', { inherent: true }),
          ],
        }),
        look('db', [about(mount, 'not mounted'), about(database, 'inactive'), about('site:shop', 'Status 502.')]),
      ],
    },
    [`${database} down 0.667; explains site:shop`, `${mount} down 0.667; explains site:shop`],
  ],
  [
    'files alone have faults in a mount and in its service: nothing is ranked, the findings say it all',
    {
      steps: [
        sampleStep({
          id: 'boot/files',
          subject: 'db',
          findings: [
            about(mount, 'Line 2 has noauto.', { inherent: true }),
            about(database, 'Nothing starts it: it is not enabled.', { inherent: true }),
          ],
          things: { needs: { [database]: [mount] } },
        }),
      ],
    },
    [],
  ],
  [
    'the proxy is down and the backends are up: the proxy, and below it the site that nobody could look at',
    {
      depends: {
        'site:shop': {
          needs: ['service:haproxy on lb'],
          seen: [{ rule: 'http/*', subject: 'balancer /', place: '*' }],
        },
        'service:haproxy on lb': ['service:app on one', 'service:app on two'],
        'service:app on one': [],
        'service:app on two': [],
      },
      steps: [
        sampleStep({ subject: 'balancer /', ...noAnswer('balancer /', 'setup') }),
        look('lb', [about('service:haproxy on lb', 'haproxy is failed.')], ['service:haproxy on lb']),
        look('one', [], ['service:app on one']),
        look('two', [], ['service:app on two']),
      ],
    },
    ['service:haproxy on lb down 1; explains site:shop (could not look)'],
  ],
  [
    'replication stands still because the mount of the primary is gone, while the replica is well',
    {
      depends: {
        'replication:shop': ['service:mariadb on primary', 'service:mariadb on replica'],
        'service:mariadb on primary': ['mount:/data on primary'],
        'service:mariadb on replica': ['mount:/data on replica'],
      },
      steps: [
        sampleStep({
          id: 'replication/health',
          subject: 'shop',
          findings: [about('replication:shop', 'The I/O thread connects again and again.')],
        }),
        look('primary', [
          about('service:mariadb on primary', 'mariadb is failed.'),
          about('mount:/data on primary', 'Nothing is mounted on /data.'),
        ]),
        look('replica', [], ['service:mariadb on replica', 'mount:/data on replica']),
      ],
    },
    ['mount:/data on primary down 1; explains service:mariadb on primary, replication:shop'],
  ],
  [
    'mounts are gone on two hosts: both come first, and the site is told once, below the likelier',
    {
      depends: {
        'site:shop': ['service:app on a', 'service:db on b'],
        'service:app on a': ['mount:/srv on a'],
        'service:db on b': ['mount:/data on b'],
        'service:backup on b': ['mount:/data on b'],
      },
      steps: [
        look('everything', [
          about('site:shop', 'Status 502.'),
          about('service:app on a', 'failed'),
          about('mount:/srv on a', 'not mounted'),
          about('service:db on b', 'failed'),
          about('service:backup on b', 'failed'),
          about('mount:/data on b', 'not mounted'),
        ]),
      ],
    },
    [
      'mount:/data on b down 0.667; explains service:backup on b, service:db on b, site:shop',
      'mount:/srv on a down 0.5; explains service:app on a, site:shop',
    ],
  ],
  [
    'a service is down whose mount is up, on an array that is degraded: each is a cause of its own',
    {
      depends: { 'service:db': ['mount:/data'], 'mount:/data': ['array:/dev/md0'] },
      steps: [
        look(
          'host',
          [about('service:db', 'failed'), about('array:/dev/md0', '1 of 2 disks is missing')],
          ['mount:/data', 'service:db', 'array:/dev/md0'],
        ),
      ],
    },
    ['service:db down 0.5', 'array:/dev/md0 down 0.25; though mount:/data up'],
  ],
  [
    'an array is degraded below three mounts that are up: a service on a fourth, which nobody looked at, is not put on it',
    {
      depends: {
        ...Object.fromEntries(['a', 'b', 'c', 'd'].map((each) => [`mount:/${each}`, ['array:/dev/md0']])),
        'service:db': ['mount:/d'],
      },
      steps: [
        look(
          'host',
          [about('service:db', 'failed'), about('array:/dev/md0', '1 of 2 disks is missing')],
          ['mount:/a', 'mount:/b', 'mount:/c'],
        ),
      ],
    },
    [
      'service:db down 0.5',
      'array:/dev/md0 down 0.4; though mount:/a, mount:/b, mount:/c up',
      'mount:/d not-looked-at 0.3; explains service:db',
    ],
  ],
  [
    'the site answers 502 and nobody looked behind it: it comes first, then what it needs, the nearest first',
    {
      depends: { 'site:shop': site, [database]: [mount], [mount]: [] },
      steps: [status502],
    },
    [
      'site:shop down 1',
      `${database} not-looked-at 0.6; explains site:shop`,
      `${mount} not-looked-at 0.6; explains site:shop`,
    ],
  ],
  [
    'the mount is gone, nobody looked at the database on it, and the site is down: the middle is no cause',
    {
      depends: { 'site:shop': [database], [database]: [mount] },
      steps: [look('db', [about(mount, 'not mounted'), about('site:shop', 'Status 502.')])],
    },
    [`${mount} down 1; explains site:shop`],
  ],
  [
    'a page still comes out of a cache while its database is down: that lowers the score, and is told',
    {
      depends: { 'site:shop': [database], 'site:admin': [database] },
      steps: [look('db', [about(database, 'failed'), about('site:admin', 'Status 500.')], ['site:shop'])],
    },
    [`${database} down 0.667; explains site:admin; though site:shop up`],
  ],
  [
    'the lost mount was accepted, the database on it was not: it is still the cause',
    {
      depends: { [database]: [mount] },
      accept: [
        { rule: 'boot/mount-*', subject: '*', place: '*', reason: 'moving', owner: 'ops', expires: '2027-01-01' },
      ],
      steps: [look('db', [about(mount, 'not mounted', { rule: 'boot/mount-gone' }), about(database, 'failed')])],
    },
    [`${mount} down 1; explains ${database}`],
  ],
  [
    'all that is down was accepted: nothing blocks, and nothing is to be told',
    {
      depends: { [database]: [mount] },
      accept: [{ rule: 'boot/*', subject: '*', place: '*', reason: 'moving', owner: 'ops', expires: '2027-01-01' }],
      steps: [look('db', [about(mount, 'not mounted'), about(database, 'failed')])],
    },
    [],
  ],
  [
    'a host does not answer after its encrypted volume did not open: what was on it could not be looked at',
    {
      steps: [
        look(
          'vault',
          [about('volume:secret on vault', 'It waits for a passphrase at the console.')],
          ['volume:secret on vault', 'mount:/srv on vault', 'service:vault.service on vault'],
          {
            ...noAnswer('vault'),
            looked: ['boot/live'],
            things: {
              needs: {
                'mount:/srv on vault': ['volume:secret on vault'],
                'service:vault.service on vault': ['mount:/srv on vault'],
              },
            },
          },
        ),
      ],
    },
    [
      'volume:secret on vault down 1; explains mount:/srv on vault (could not look), service:vault.service on vault (could not look)',
    ],
  ],
  [
    'a host that nobody looked at would explain as much as a mount that was seen down: the mount comes first',
    {
      depends: {
        'mount:/a': ['host:x'],
        'mount:/b': ['host:x'],
        'service:a1': ['mount:/a'],
        'service:a2': ['mount:/a'],
        'service:b1': ['mount:/b'],
      },
      steps: [
        look(
          'x',
          ['mount:/a', 'mount:/b', 'service:a1', 'service:a2', 'service:b1'].map((each) => about(each, 'down')),
        ),
      ],
    },
    [
      'mount:/a down 0.6; explains service:a1, service:a2',
      'host:x not-looked-at 0.6; explains mount:/a, mount:/b, service:a1, service:a2, service:b1',
      'mount:/b down 0.4; explains service:b1',
    ],
  ],
  [
    'scores are equal: what was seen down comes before what nobody looked at',
    {
      depends: {
        ...Object.fromEntries([1, 2, 3, 4, 5].map((each) => [`service:${each}`, ['disk:unseen']])),
        'service:a': ['mount:/a'],
        'site:a': ['service:a'],
      },
      steps: [
        look(
          'x',
          ['mount:/a', 'service:a', 'site:a', ...[1, 2, 3, 4, 5].map((each) => `service:${each}`)].map((each) =>
            about(each, 'down'),
          ),
        ),
      ],
    },
    [
      'mount:/a down 0.375; explains service:a, site:a',
      'disk:unseen not-looked-at 0.375; explains service:1, service:2, service:3, service:4, service:5',
      ...[1, 2, 3, 4, 5].map((each) => `service:${each} down 0.125`),
    ],
  ],
  [
    'what nobody looked at, and what is behind a cause only through something that is up, is not suspected',
    {
      depends: {
        'service:root': ['mount:/up'],
        'mount:/up': ['disk:unseen'],
        'service:one': ['disk:unseen', 'mount:/lost'],
        'service:two': ['disk:unseen', 'mount:/lost'],
      },
      steps: [
        look(
          'x',
          ['service:root', 'service:one', 'service:two', 'mount:/lost'].map((each) => about(each, 'down')),
          ['mount:/up'],
        ),
      ],
    },
    ['mount:/lost down 0.75; explains service:one, service:two', 'service:root down 0.25'],
  ],
  [
    'a warning that blocks says down, where the gate says that warnings block',
    {
      depends: { [database]: [mount] },
      block: 'warning',
      steps: [look('db', [about(mount, 'not mounted', { level: 'warning' }), about(database, 'failed')])],
    },
    [`${mount} down 1; explains ${database}`],
  ],
  [
    'good news about a thing says that it is up',
    {
      depends: { 'site:a': [database], 'site:b': [database] },
      steps: [
        look('db', [
          about(database, 'failed'),
          about('site:a', '502'),
          about('site:b', 'It answers.', { level: 'good' }),
        ]),
      ],
    },
    [`${database} down 0.667; explains site:a; though site:b up`],
  ],
  [
    'what was up before a boot and is down after it is down',
    {
      depends: { [database]: [mount] },
      steps: [
        look('db', [], [database, mount]),
        look('db', [about(database, 'failed'), about(mount, 'not mounted')], [database, mount]),
      ],
    },
    [`${mount} down 1; explains ${database}`],
  ],
  [
    'a stored record says that two things need each other: both are told, and nothing hangs',
    {
      depends: { 'service:a': ['service:b'], 'service:b': ['service:a'], 'site:shop': ['service:b'] },
      steps: [look('x', [about('service:a', 'failed'), about('service:b', 'failed'), about('site:shop', '502')])],
    },
    ['service:b down 1; explains service:a, site:shop', 'service:a down 1; explains service:b, site:shop'],
  ],
  [
    'things are down of which nobody says what they need: there is nothing to rank',
    { steps: [look('x', [about('service:a', 'failed'), about('service:b', 'failed')])] },
    [],
  ],
])('%s', (_title, scene, expected) => {
  test('so it is told, whatever the order of what was seen', () => {
    expect(told(recordOfScene(scene))).toEqual(expected)
    expect(told(recordOfScene({ ...scene, steps: scene.steps.toReversed() }))).toEqual(expected)
  })
})

test('without things that need others a record is what it was before: nothing is added to it', () => {
  const steps = [sampleStep({ findings: [sampleFinding()] }), sampleStep({ subject: 'nginx /' })]
  expect(Object.keys(recordOfScene({ steps }))).not.toContain('diagnosis')
  expect(JSON.stringify(recordOfScene({ steps }))).not.toMatch(/about|things|depends/)
})
