import { describe, expect, test } from 'vitest'
import type { LikelyCause } from '../../record/index.ts'
import { about, look, recordOfScene } from '../testing/scene.ts'
import { consequencesOf } from './diagnose.ts'

const mount = 'mount:/data on web'

/** What is told of the lost mount, with this on the console of a host. */
function evidence(console: string, findings = [about(mount, 'not mounted')], knows = [mount]): LikelyCause['evidence'] {
  const record = recordOfScene({
    depends: { 'service:db on web': [mount] },
    steps: [
      look('web', [...findings, about('service:db on web', 'failed')]),
      look('web', [], [], {
        things: { needs: Object.fromEntries(knows.map((each) => [each, []])) },
        attachments: [{ name: 'console.txt', contentType: 'text/plain', content: console }],
      }),
    ],
  })
  return record.diagnosis?.causes.find(({ thing }) => thing === mount)?.evidence ?? []
}

const logged = (console: string, knows?: string[]): string[] =>
  evidence(console, undefined, knows).flatMap(({ from, line }) => (from === 'console.txt' ? [line] : []))

describe('the lines of a log that speak for a cause', () => {
  test.each([
    ['Failed to mount /data.', true],
    ['mount: /data: cannot find UUID=1.', true],
    ['Timed out waiting for device /data', true],
    ['Failed to mount /data2.', false],
    ['Failed to mount /srv/data.', false],
    ['Failed to mount /data/inner.', false],
    ['Failed to open /data.txt', false],
    ['Mounted /data.', false],
  ])('%s: %s', (line, kept) => {
    expect(logged(`[ OK ] first\r\n${line}\r\n`)).toEqual(kept ? [line] : [])
  })

  test('are three of one log, each once, and only of a step that knows the thing', () => {
    const four = [1, 2, 3, 4].map((each) => `try ${each}: failed to mount /data`)
    expect(logged(four.join('\n'))).toEqual(four.slice(0, 3))
    expect(logged('failed to mount /data\nfailed to mount /data')).toEqual(['failed to mount /data'])
    expect(logged(four.join('\n'), ['mount:/other on web'])).toEqual([])
  })

  test('are searched for no name of one or two signs, which stand in every line', () => {
    const record = recordOfScene({
      depends: { 'service:db': ['mount:/'] },
      steps: [
        look('web', [about('mount:/', 'read-only'), about('service:db', 'failed')], [], {
          attachments: [{ name: 'console.txt', contentType: 'text/plain', content: 'error: / is read-only' }],
        }),
      ],
    })
    expect(record.diagnosis?.causes[0]?.evidence.map(({ from }) => from)).toEqual(['boot/service-live-down at /'])
  })
})

test('findings speak before logs, errors before warnings, and good news not at all', () => {
  const found = evidence('failed to mount /data', [
    about(mount, 'fstab names /dev/vdb.', { level: 'warning', evidence: { lines: ['/dev/vdb /data ext4', 'short'] } }),
    about(mount, 'not mounted'),
    about(mount, 'once it was', { level: 'good' }),
  ])
  expect(found.map(({ line }) => line)).toEqual([
    'not mounted',
    'fstab names /dev/vdb.',
    '/dev/vdb /data ext4',
    'failed to mount /data',
  ])
})

test('a finding that names its thing keeps it, whatever pattern of the configuration fits it too', () => {
  const record = recordOfScene({
    depends: { 'site:all': { needs: [mount], seen: [{ rule: '*', subject: '*', place: '*' }] } },
    steps: [look('web', [about(mount, 'not mounted'), about('x', 'nothing', { level: 'warning' })])],
  })
  expect(record.steps[0]?.findings.map((finding) => finding.about)).toEqual([mount, 'x'])
})

describe('a look that could not be taken', () => {
  test.each([
    ['timeout', ['site:shop']],
    ['setup', ['site:shop']],
    ['harness', []],
    ['unsupported', []],
  ] as const)('for the reason %s is put on the cause, or on nothing', (because, explained) => {
    const unsettled = { because, why: 'no answer', mend: 'Look.' }
    const { diagnosis } = recordOfScene({
      depends: { 'site:shop': [mount], 'service:db': [mount] },
      steps: [
        look('web', [about(mount, 'not mounted'), about('service:db', 'failed')]),
        look('shop', [], ['site:shop'], { looked: [], unsettled }),
      ],
    })
    expect(diagnosis?.causes[0]?.explains.map(({ thing }) => thing)).toEqual(['service:db', ...explained])
  })
})

describe('consequences', () => {
  test('are told under the likeliest cause that was seen down, and under no suspect', () => {
    const down = ['service:a', 'service:b'].map((each) => about(each, 'failed'))
    const depends = { 'service:a': ['disk:/'], 'service:b': ['disk:/'] }
    const suspected = recordOfScene({ depends, steps: [look('x', down)] })
    expect(suspected.diagnosis?.causes[0]).toMatchObject({ thing: 'disk:/', state: 'not-looked-at' })
    expect(suspected.diagnosis && consequencesOf(suspected.diagnosis)).toEqual(new Map())
    const mounts = ['a', 'b', 'c']
    const behind = recordOfScene({
      depends: Object.fromEntries(
        mounts.flatMap((each) => [
          [`mount:/${each}`, ['host:x']],
          [`service:${each}`, [`mount:/${each}`]],
        ]),
      ),
      steps: [
        look(
          'x',
          mounts.flatMap((each) => [about(`mount:/${each}`, 'gone'), about(`service:${each}`, 'failed')]),
        ),
      ],
    })
    expect(behind.diagnosis?.causes[0]).toMatchObject({ thing: 'host:x', state: 'not-looked-at' })
    expect(behind.diagnosis && [...consequencesOf(behind.diagnosis)]).toEqual(
      mounts.map((each) => [`service:${each}`, `mount:/${each}`]),
    )
    const seen = recordOfScene({ depends, steps: [look('x', [...down, about('disk:/', 'full')])] })
    expect(seen.diagnosis && consequencesOf(seen.diagnosis)).toEqual(
      new Map([
        ['service:a', 'disk:/'],
        ['service:b', 'disk:/'],
      ]),
    )
  })

  test('are never causes themselves: of two that need each other both stay where they are', () => {
    const { diagnosis } = recordOfScene({
      depends: { 'service:a': ['service:b'], 'service:b': ['service:a'] },
      steps: [look('x', [about('service:a', 'failed'), about('service:b', 'failed')])],
    })
    expect(diagnosis?.causes).toHaveLength(2)
    expect(diagnosis && consequencesOf(diagnosis)).toEqual(new Map())
  })
})
