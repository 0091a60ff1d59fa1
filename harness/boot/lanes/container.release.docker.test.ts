import { expect, test } from 'vitest'
import { systemClock } from '../../kernel/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import { openRun } from '../../substrate/index.ts'
import { bootSection } from '../section.ts'
import { lookAtContainer } from './container.ts'

/** One container of that section, looked at with a script of this text. */
async function looked(image: string, text?: string, declared: object = {}) {
  await using run = await openRun()
  const [target] = bootSection.parse({
    containers: [{ name: 'host', image, provision: './set-up.sh', deadlineSeconds: 12, declared }],
  }).containers
  if (target === undefined) throw new Error('the section has a container')
  return await lookAtContainer(target, {
    provision: text === undefined ? undefined : { file: './set-up.sh', text: `#!/bin/sh\nset -e\n${text}\n` },
    run,
    baseFolder: '.',
    only: [],
    clock: systemClock,
    signal: new AbortController().signal,
    progress: () => {},
  })
}

test('an image whose PID 1 is no systemd is refused, with what its Dockerfile lacks', async () => {
  const { unsettled, findings } = await looked(await fixtureImage('probe-target'))
  expect(findings).toEqual([])
  expect(unsettled).toMatchObject({ because: 'unsupported', mend: expect.stringContaining('CMD ["/sbin/init"]') })
})

test('a host that turns itself off in its boot is red within its time', async () => {
  const { findings, unsettled, durationMs } = await looked(
    await fixtureImage('systemd'),
    'systemctl set-default poweroff.target',
    {
      services: [{ unit: 'dbus.service' }],
    },
  )
  // A question that is under way while systemd goes down keeps it waiting: it learns of its own children only.
  expect(findings.map(({ rule }) => rule)).toEqual([expect.stringMatching(/^boot\/boot-ended-(?:off|late)$/)])
  expect(durationMs).toBeLessThan(60_000)
  // What it is after the boot nobody could see, and nobody says that it is well.
  expect(unsettled).toMatchObject({ why: expect.stringContaining('did not answer') })
})

test('a boot that waits for a unit that hangs is late, with the jobs that were left', async () => {
  const hang = [
    "printf '[Service]\\nType=oneshot\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n'",
    '> /etc/systemd/system/hang.service; systemctl enable hang.service',
  ].join(' ')
  const { findings, timeline, attachments } = await looked(await fixtureImage('systemd'), hang)
  expect(findings.map(({ rule }) => rule)).toContain('boot/boot-ended-late')
  expect(findings[0]?.sentence).toMatch(/systemd says "starting", with \d+ jobs left/)
  expect(timeline?.marks).toHaveLength(2)
  expect(attachments?.map(({ name }) => name)).toEqual(['boot.json', 'console.txt'])
})

test('a disk that is declared cannot be judged in a container, and the step is not passed', async () => {
  const { findings, unsettled } = await looked(await fixtureImage('systemd'), 'true', {
    arrays: [{ device: '/dev/md0' }],
  })
  expect(findings).toEqual([])
  expect(unsettled).toMatchObject({
    because: 'unsupported',
    why: expect.stringContaining('boot/array-live'),
    mend: expect.stringContaining('machine lane'),
  })
})
