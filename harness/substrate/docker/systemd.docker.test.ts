import { expect, test } from 'vitest'
import { fixtureImage } from '../fixture-image.ts'
import { openRun } from '../run-scope.ts'
import { startSystemdMachine } from './systemd.ts'

const unit = `[Unit]
Description=writes a line at every boot
[Service]
Type=oneshot
ExecStart=/bin/sh -c "echo booted >> /var/log/boots"
[Install]
WantedBy=multi-user.target
`

test('a reboot keeps the disk, empties /run, starts the units again and gives a new PID 1', async () => {
  await using run = await openRun()
  const image = await fixtureImage('systemd')
  await using host = await startSystemdMachine(
    { name: 'host', image, files: { '/etc/systemd/system/boots.service': unit } },
    run,
  )
  const text = async (command: readonly [string, ...string[]]): Promise<string> => (await host.exec(command)).stdout
  const invocation = ['systemctl', 'show', '--property=UserspaceTimestampMonotonic', '--value'] as const

  expect(await text(['systemctl', 'is-system-running'])).toBe('running\n')
  expect(await text(['systemctl', '--failed', '--no-legend'])).toBe('')
  await host.writeFile('/var/lib/kept', 'kept')
  await host.writeFile('/run/lost', 'lost')
  await host.exec(['systemctl', 'enable', 'boots.service'])
  const before = await text(invocation)

  await host.reboot()

  expect(await text(['systemctl', 'is-system-running'])).toBe('running\n')
  expect(await text(['cat', '/var/lib/kept'])).toBe('kept')
  await expect(host.readFile('/run/lost')).rejects.toThrow('No such file')
  expect(await text(['cat', '/var/log/boots'])).toBe('booted\n')
  expect(await text(invocation)).not.toBe(before)
}, 60_000)

test('a host with a failed unit counts as up: the unit is for a check to judge', async () => {
  await using run = await openRun()
  const image = await fixtureImage('systemd')
  const broken = '[Service]\nType=oneshot\nExecStart=/bin/false\n'
  const files = {
    '/etc/systemd/system/broken.service': broken,
    '/etc/systemd/system/multi-user.target.d/broken.conf': '[Unit]\nWants=broken.service\n',
  }
  await using host = await startSystemdMachine({ name: 'host', image, files }, run)
  expect((await host.exec(['systemctl', 'is-system-running'])).stdout).toBe('degraded\n')
  expect((await host.exec(['systemctl', '--failed', '--no-legend'])).stdout).toContain('broken.service')
}, 60_000)
