import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe } from 'vitest'
import type { RuleId } from '../../harness/kernel/index.ts'
import { test } from '../../harness/vitest/index.ts'

const harbour = fileURLToPath(new URL('../../fixtures/boot/harbour', import.meta.url))

/** All that fixtures/boot/harbour/provision.sh sets up. */
const declared = {
  mounts: [
    { at: '/var/www', source: '/srv/harbour/www' },
    { at: '/var/cache/harbour', source: 'tmpfs', type: 'tmpfs', options: ['rw', 'size=16M'] },
  ],
  services: [{ unit: 'harbour.service', needs: ['/var/www'] }],
  timers: ['harbour-tides.timer'],
  ports: [8080],
  data: ['/srv/harbour', '/var/www', '/var/lib/harbour'],
  temporary: ['/var/cache/harbour', '/tmp'],
}

let folder: string
let script: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-boot-'))
  script = await readFile(join(harbour, 'provision.sh'), 'utf8')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The section with the script as it is, or with one line of it changed. */
async function host(name: string, change: (text: string) => string = (text) => text, more: object = {}) {
  const provision = join(folder, `${name}.sh`)
  await writeFile(provision, change(script))
  return { containers: [{ name, build: join(harbour, 'host'), provision, declared, ...more }] }
}

/** @throws when the script has no such line: a change that changes nothing proves nothing */
const replaced = (line: string, by: string) => (text: string) => {
  if (!text.includes(line)) throw new Error(`provision.sh has no "${line}"`)
  return text.replace(line, by.replaceAll('$', '$$'))
}

const enable = 'systemctl enable --now harbour.service'

interface Mistake {
  readonly name: string
  readonly change: (text: string) => string
  readonly rules: readonly RuleId[]
  readonly more?: object
}

const inTurn =
  (...changes: readonly ((text: string) => string)[]) =>
  (text: string) =>
    changes.reduce((changed, change) => change(changed), text)

/** What people do to hosts; two of them on one where neither has to do with the other. */
const mistakes: readonly Mistake[] = [
  {
    name: 'started by hand and never enabled, a timer too',
    change: inTurn(
      replaced(enable, 'systemctl start harbour.service'),
      replaced('enable --now harbour-tides.timer', 'start harbour-tides.timer'),
    ),
    rules: ['boot/service-live-disabled', 'boot/port-live-silent', 'boot/timer-live-inactive'],
  },
  {
    name: 'disabled, and a timer masked',
    change: replaced(
      'systemctl enable --now harbour-tides.timer',
      'systemctl enable --now harbour-tides.timer\nsystemctl disable harbour.service\nsystemctl mask harbour-tides.timer',
    ),
    rules: ['boot/service-live-disabled', 'boot/timer-live-inactive'],
  },
  {
    name: 'masked',
    change: replaced(enable, `${enable}\nsystemctl mask harbour.service`),
    rules: ['boot/service-live-masked'],
  },
  {
    name: 'a second ExecStart in a drop-in',
    change: replaced(
      enable,
      `${enable}\nmkdir -p /etc/systemd/system/harbour.service.d\n` +
        `printf '[Service]\\nExecStart=/bin/true\\n' > /etc/systemd/system/harbour.service.d/more.conf`,
    ),
    rules: ['boot/service-live-not-loaded'],
  },
  {
    name: 'mounted by hand, and no line in fstab',
    change: replaced("append '/srv/harbour/www /var/www none bind 0 0'\n", ''),
    rules: ['boot/mount-live-absent', 'boot/data-same-gone'],
  },
  {
    name: 'another folder bound by fstab than by hand',
    change: replaced("append '/srv/harbour/www /var/www", "append '/srv /var/www"),
    rules: ['boot/mount-live-source', 'boot/data-same-changed'],
  },
  {
    name: 'a type that does not exist',
    change: replaced("append 'tmpfs /var/cache/harbour tmpfs", "append 'tmpfs /var/cache/harbour tmpsf"),
    rules: ['boot/boot-ended-maintenance', 'boot/mount-live-absent', 'boot/target-live-not-reached'],
  },
  {
    name: 'state in temporary storage, and what is temporary on disk',
    change: inTurn(replaced('mkdir /var/lib/harbour', 'ln -s /tmp /var/lib/harbour'), (text) =>
      text.replaceAll(/^.*tmpfs.*\n/gm, ''),
    ),
    rules: ['boot/data-same-gone', 'boot/temporary-live-kept'],
  },
  {
    name: 'left in rescue',
    change: replaced(enable, `${enable}\nsystemctl set-default rescue.target`),
    rules: ['boot/target-live-other', 'boot/boot-ended-maintenance'],
  },
  {
    name: 'a name given by hand, and a script that appends its lines each time',
    change: inTurn(replaced(enable, `${enable}\nhostname harbour`), replaced('grep -qxF "$1" /etc/fstab || ', '')),
    rules: ['boot/hostname-same-changed', 'boot/procedure-repeat-fstab'],
    more: { repeat: true },
  },
]

describe.concurrent('a host in a container, set up by its own script and booted anew', () => {
  test('that is set up for good has nothing found, and its script can be run again', async ({ look, expect }) => {
    const section = await host('good', undefined, { repeat: true })
    expect(await look({ practice: 'boot', section })).toHaveNoFindings()
  })

  test.for(mistakes)('is red: $name', async ({ name, change, rules, more }, { look, expect }) => {
    const section = await host(name.replaceAll(/[^a-z]+/gi, '-').toLowerCase(), change, more)
    const steps = await look({ practice: 'boot', section })
    for (const rule of rules) expect(steps).toFind(rule)
  })

  test('whose fstab names a disk is refused, and sent to the machine lane', async ({ look, expect }) => {
    const line = "append 'UUID=0f3e-11 /srv/data ext4 nofail 0 2'\n"
    const section = await host('with-a-disk', (text) => text.replace('systemctl daemon-reload', `${line}$&`))
    const [step] = await look({ practice: 'boot', section })
    expect(step).toMatchObject({
      looked: [],
      findings: [],
      unsettled: {
        because: 'unsupported',
        why: expect.stringMatching(/line \d+ \(UUID=0f3e-11 \/srv\/data ext4 nofail 0 2\) of \/etc\/fstab/),
        mend: expect.stringContaining('machine lane'),
      },
    })
  })

  test('whose script fails is unsettled, with the last lines of what it said', async ({ look, expect }) => {
    const section = await host('script-fails', replaced(enable, 'systemctl enable --now harbor.service'))
    const [step] = await look({ practice: 'boot', section })
    expect(step).toMatchObject({
      findings: [],
      unsettled: { because: 'setup', why: expect.stringMatching(/script-fails\.sh ended with 1:\n.*harbor\.service/s) },
    })
  })
})
