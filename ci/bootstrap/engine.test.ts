import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fakeMachine } from './testing/fake-machine.ts'

const installsEngine = `
case "$*" in
  *docker.io*) /bin/mv "$(/usr/bin/dirname "$0")/dockerd.later" "$(/usr/bin/dirname "$0")/dockerd" ;;
  *mmdebstrap*) /bin/cp "$0" "$(/usr/bin/dirname "$0")/mmdebstrap"; printf '#!/bin/sh\\necho "mmdebstrap $*" >> "$CALLS"; echo root > "$3"\\n' > "$(/usr/bin/dirname "$0")/mmdebstrap" ;;
esac`

describe('a machine without an engine', () => {
  test('that is Debian, and root: engine installed and started, base image made, each said before it is done', async () => {
    using machine = fakeMachine()
    machine.command('apt-get', installsEngine)
    machine.engineCommand({ name: 'dockerd.later' })
    const { code, stderr } = await machine.prepare(['engine'])
    expect(stderr.replaceAll(/\d+\.\d s/g, 'N s').replaceAll(machine.folder, 'M')).toBe(
      [
        'installing docker.io, iptables, the container engine: apt-get install',
        'installed in N s',
        'starting dockerd; its log is M/log/dockerd.log, `npm run engine:stop` ends it',
        'the engine answers after N s',
        'pulling debian:bookworm-slim',
        'debian:bookworm-slim cannot be pulled: {"message":"lookup of the registry: no such host"}',
        'installing mmdebstrap, debian-archive-keyring, which makes the base image: apt-get install',
        'installed in N s',
        "making debian:bookworm-slim from Debian's packages with mmdebstrap (half a minute, once)",
        'made in N s',
        '',
      ]
        .map((line) => (line === '' ? '' : `seatrial: ${line}`))
        .join('\n'),
    )
    expect(code).toBe(0)
    expect(readFileSync(join(machine.folder, 'image'), 'utf8')).toBe('root\n')
    const commands = machine.calls().filter((call) => !call.startsWith('engine'))
    expect(commands.map((call) => call.split(' ')[0])).toEqual(['apt-get', 'dockerd.later', 'apt-get', 'mmdebstrap'])
    expect(commands[0]).toContain('install -y --no-install-recommends docker.io iptables')
  })

  test('that never fetched its package lists fetches them first', async () => {
    using machine = fakeMachine()
    rmSync(machine.host.aptLists, { recursive: true })
    machine.command('apt-get', installsEngine)
    machine.engineCommand({ name: 'dockerd.later', image: true })
    const { code, stderr } = await machine.prepare(['engine'])
    expect(code).toBe(0)
    expect(stderr).toContain('fetching the package lists: apt-get update')
    expect(machine.calls()[0]).toMatch(/apt-get .*update$/)
  })

  test('whose package lists are out of date fetches them and tries once more, and says so', async () => {
    using machine = fakeMachine()
    const stale = `case "$*" in *update*) echo new > "$TMPDIR/new"; exit 0 ;; esac
      if [ ! -e "$TMPDIR/new" ]; then echo "E: Unable to locate package docker.io"; exit 100; fi`
    machine.command('apt-get', `${stale}\n${installsEngine}`)
    machine.engineCommand({ name: 'dockerd.later', image: true })
    const { code, stderr } = await machine.prepare(['engine'])
    expect(stderr).toContain('the package lists are out of date')
    expect(code).toBe(0)
    expect(machine.calls().filter((call) => call.startsWith('apt-get'))).toHaveLength(3)
  })

  test('where apt-get fails tells what was run, its last lines and the command, and goes on', async () => {
    using machine = fakeMachine()
    machine.command('apt-get', 'echo "E: Sub-process dpkg returned an error code (1)"; exit 100')
    const { code, stderr } = await machine.prepare(['engine'])
    expect(code).toBe(2)
    expect(stderr).toContain('install -y --no-install-recommends docker.io iptables` ended with exit code 100')
    expect(stderr).toContain('E: Sub-process dpkg returned an error code (1)')
    expect(stderr).toContain('to mend it: apt-get -o DPkg::Lock::Timeout=120 install')
  })

  test('under SEATRIAL_NO_INSTALL nothing is installed or started, and the command is told', async () => {
    using machine = fakeMachine({ mayInstall: false })
    machine.command('apt-get')
    machine.engineCommand()
    const { code, stderr } = await machine.prepare(['engine', 'browser'])
    expect(machine.calls()).toEqual([])
    expect(code).toBe(2)
    expect(stderr).toContain('no container engine answers, and SEATRIAL_NO_INSTALL forbids to install or start one')
    expect(stderr).toContain('to mend it: env -u SEATRIAL_NO_INSTALL npm run bootstrap')
    expect(stderr).toContain('no Chromium is there: tests that need a browser are skipped')
  })

  test.for([
    [{ root: false }, 'sudo apt-get install -y docker.io iptables && sudo usermod -aG docker "$USER" && newgrp docker'],
    [{ distribution: 'fedora' }, 'dnf install -y moby-engine && systemctl enable --now docker'],
    [{ platform: 'darwin', root: false }, 'brew install colima docker && colima start'],
  ] as const)(
    'that is none of ours to change (%o) is left alone, and the one command is told',
    async ([changes, mend]) => {
      using machine = fakeMachine(changes)
      machine.command('apt-get')
      const { code, stderr } = await machine.prepare(['engine'])
      expect(machine.calls()).toEqual([])
      expect(code).toBe(2)
      expect(stderr.trim().split('\n').at(-1)).toBe(`seatrial: to mend it: ${mend}`)
    },
  )
})

describe('an installed engine', () => {
  test('that does not run is started, remembered, and stopped again by npm run engine:stop', async () => {
    using machine = fakeMachine()
    machine.engineCommand({ image: true })
    expect((await machine.prepare(['engine'])).code).toBe(0)
    expect(machine.calls().filter((call) => call.startsWith('dockerd'))).toHaveLength(1)
    const stopped = await machine.stopEngine()
    expect(stopped.stderr).toMatch(/stopping dockerd \(process \d+\)\nseatrial: stopped in/)
    expect((await machine.stopEngine()).stderr).toContain('engines of others are left alone')
  })

  test('that runs is used as it is, without a word', async () => {
    using machine = fakeMachine()
    machine.engineCommand({ image: true })
    await machine.prepare(['engine'])
    const second = await machine.prepare(['engine'])
    expect(second).toMatchObject({ code: 0, stderr: '', stdout: '' })
    expect(machine.calls().filter((call) => call.startsWith('dockerd'))).toHaveLength(1)
  })

  test('that ends at once tells the last lines of its log', async () => {
    using machine = fakeMachine()
    machine.command('dockerd', 'echo "failed to start daemon: no iptables"; exit 1')
    const { code, stderr } = await machine.prepare(['engine'])
    expect(code).toBe(2)
    expect(stderr).toContain('dockerd ended at once (exit code 1); the last lines of')
    expect(stderr).toContain('    failed to start daemon: no iptables')
  })

  test('is started once by two bootstraps at the same time', async () => {
    using machine = fakeMachine()
    machine.engineCommand({ image: true })
    const both = await Promise.all([machine.prepare(['engine']), machine.prepare(['engine'])])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    expect(machine.calls().filter((call) => call.startsWith('dockerd'))).toHaveLength(1)
  })

  test('under systemd is started by systemd', async () => {
    using machine = fakeMachine({ systemd: true })
    machine.command('dockerd', 'exit 1')
    machine.command('systemctl', 'echo "Unit docker.service not found."; exit 5')
    const { code, stderr } = await machine.prepare(['engine'])
    expect(code).toBe(2)
    expect(machine.calls()).toEqual(['systemctl start docker'])
    expect(stderr).toContain('Unit docker.service not found.')
  })
})

describe('an engine that somebody named', () => {
  test('in DOCKER_HOST, and that does not answer, is not replaced by another one', async () => {
    using machine = fakeMachine()
    machine.command('apt-get')
    machine.engineCommand({ image: true })
    const env = { ...machine.host.env, DOCKER_HOST: `unix://${machine.folder}/nobody.sock` }
    const { code, stderr } = await machine.prepare(['engine'], { env })
    expect(code).toBe(2)
    expect(stderr).toContain(`no container engine answers (DOCKER_HOST unix://${machine.folder}/nobody.sock: `)
    expect(stderr).toContain('to mend it: start that engine, or choose another one')
    expect(machine.calls()).toEqual([])
  })

  test('by a docker context that is not there is told by its name', async () => {
    using machine = fakeMachine()
    mkdirSync(join(machine.folder, '.docker'))
    writeFileSync(join(machine.folder, '.docker', 'config.json'), '{"currentContext":"far"}')
    const { stderr } = await machine.prepare(['engine'])
    expect(stderr).toContain('no container engine answers (docker context far: no such context)')
  })
})

test('a base image that can be pulled is pulled, and mmdebstrap is left alone', async () => {
  using machine = fakeMachine()
  machine.engineCommand({ pull: 'works' })
  machine.command('mmdebstrap')
  const { code, stderr } = await machine.prepare(['engine'])
  expect(code).toBe(0)
  expect(stderr).toContain('pulling debian:bookworm-slim')
  expect(machine.calls()).not.toContainEqual(expect.stringContaining('mmdebstrap'))
})

test('a failing mmdebstrap leaves no half image and no temporary folder', async () => {
  using machine = fakeMachine()
  machine.engineCommand()
  machine.command('mmdebstrap', 'echo half > "$3"; echo "E: mirror is gone"; exit 1')
  const { code, stderr } = await machine.prepare(['engine'])
  expect(code).toBe(2)
  expect(stderr).toContain('E: mirror is gone')
  expect(machine.calls()).not.toContainEqual(expect.stringContaining('fromSrc'))
  expect(readdirSync(machine.folder).filter((name) => name.startsWith('seatrial-base'))).toEqual([])
})
