import { nearest, rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { usersIn } from '../host/accounts.ts'
import { startedUnits } from '../host/pulled-in.ts'
import { sshKeywords } from '../host/ssh-keywords.ts'
import { sshSettings } from '../host/ssh.ts'
import { fragments, linesOf } from '../host/texts.ts'
import { valuesOf } from '../host/units.ts'
import { sshdManual } from '../references.ts'
import type { Sketch } from '../testing/observed.ts'
import { sketch, unit } from '../testing/observed.ts'

export const sshStartKeys = rule({
  id: 'boot/ssh-start-keys',
  level: 'error',
  reference: sshdManual,
  says: ({ what }: { what: string }) => `sshd does not start: ${what}.`,
  wants: 'A host key that only root reads.',
  remedy: 'ssh-keygen -A, or chmod 0600 /etc/ssh/ssh_host_*_key: what runs has read its keys before.',
})

export const sshStartPrivilege = rule({
  id: 'boot/ssh-start-privilege',
  level: 'error',
  reference: sshdManual,
  says: ({ what }: { what: string }) => `sshd does not start: ${what}.`,
  wants: 'The user sshd, and the empty folder that it locks itself into.',
  remedy: 'Put RuntimeDirectory=sshd into the unit, or the folder onto the volume that is mounted above it.',
})

export const sshStartSetting = rule({
  id: 'boot/ssh-start-setting',
  level: 'error',
  reference: sshdManual,
  says: ({ where, text }: { where: string; text: string }) =>
    `sshd does not start: ${where} says ${text}, which it refuses.`,
  wants: 'Settings that sshd knows.',
  remedy: 'Try it with sshd -t before the next boot does.',
})

export const sshStartPort = rule({
  id: 'boot/ssh-start-port',
  level: 'error',
  reference: sshdManual,
  says: ({ ports }: { ports: string }) =>
    `sshd is declared, and listens on ${ports} after a boot, which is none of the declared ports.`,
  wants: 'sshd listens where it is declared to.',
  remedy: 'Correct Port and ListenAddress, or the declared ports.',
})

const key = { '/etc/ssh/ssh_host_rsa_key': { mode: 0o600 } }
const asItCame = '# as it came\nUsePAM yes\nSubsystem sftp /usr/lib/openssh/sftp-server\n'
/** What makes host keys when they are not there. */
const makers = /^(?:sshd-keygen|ssh-keygen|regenerate|cloud-init|sshdgenkeys|ssh-host-keys)/

/** The way in: without its keys, its folder or one good line of configuration sshd does not come back. */
export const sshStart = staticCheck({
  id: 'boot/ssh-start',
  rules: [sshStartKeys, sshStartPrivilege, sshStartSetting, sshStartPort],
  *run({ declared, files }) {
    const { units, texts } = files
    const names = ['ssh.service', 'sshd.service', 'ssh.socket', 'sshd.socket']
    const asked = declared.services.some(({ unit: name }) => names.includes(name))
    const started = startedUnits(units)
    if (!asked && !names.some((name) => started.has(name) && units.byName.get(name)?.state === 'loaded')) return
    const settings = sshSettings(texts)
    if (!texts.has('/etc/ssh/sshd_config')) {
      const needed = asked && texts.has('/etc/passwd') && !texts.has('/usr/etc/ssh/sshd_config')
      if (needed)
        yield sshStartSetting.at('/etc/ssh/sshd_config', {
          where: '/etc/ssh/sshd_config',
          text: 'nothing, as it is not there',
        })
      return
    }
    const keys = keyTrouble(files)
    const made = [...units.byName.values()].some(({ name, state }) => makers.test(name) && state === 'loaded')
    if (keys !== undefined && !made) yield sshStartKeys.at('/etc/ssh', { what: keys })
    const folder = privilegeTrouble(files)
    if (folder !== undefined) yield sshStartPrivilege.at('ssh.service', { what: folder })
    for (const { path, line, keyword, value, text } of settings) {
      const where = `${path}:${line}`
      // Files in other places, and what a vendor added, are known to sshd alone: only slips are told.
      const slip = !sshKeywords.has(keyword) && nearest(keyword, sshKeywords) !== undefined
      const wrong = yesOrNo.test(keyword) && !/^(?:yes|no)$/i.test(value)
      const login =
        keyword === 'permitrootlogin' &&
        !/^(?:yes|no|prohibit-password|without-password|forced-commands-only)$/i.test(value)
      const port = keyword === 'port' && !/^(?:[1-9]\d{0,4})$/.test(value)
      if (slip || wrong || login || port || value === '')
        yield sshStartSetting.at(where, { where, text: text.slice(0, 100) })
    }
    const listens = settings.flatMap(({ keyword, value }) =>
      keyword === 'port' ? [value] : keyword === 'listenaddress' ? [/:(\d+)$/.exec(value)?.[1] ?? ''] : [],
    )
    const addresses = settings.flatMap(({ keyword, value }) => (keyword === 'listenaddress' ? [value] : []))
    if (asked && addresses.length > 0 && addresses.every((each) => /^(?:127\.|localhost|\[?::1)/.test(each))) {
      yield sshStartPort.at('/etc/ssh/sshd_config', { ports: addresses.join(', ') })
    }
    const ports = listens.filter((each) => each !== '')
    const own = ports.length === 0 ? ['22'] : ports
    const socket = started.has('ssh.socket') || started.has('sshd.socket')
    if (asked && !socket && declared.ports.length > 0 && !own.some((each) => declared.ports.includes(Number(each)))) {
      yield sshStartPort.at('/etc/ssh/sshd_config', { ports: own.join(', ') })
    }
  },
  examples: [
    { title: 'no sshd', given: sketch(), yields: [] },
    { title: 'with its keys', given: host({}), yields: [] },
    { title: 'no keys', given: host({ paths: {} }), yields: [sshStartKeys] },
    {
      title: 'keys that others read',
      given: host({ paths: { '/etc/ssh/ssh_host_rsa_key': { mode: 0o644 } } }),
      yields: [sshStartKeys],
    },
    { title: 'no user', given: host({ passwd: 'root:x:0:0::/root:/bin/sh' }), yields: [sshStartPrivilege] },
    {
      title: 'no folder',
      given: host({ unit: '[Service]\nExecStart=/usr/sbin/sshd -D\n' }),
      yields: [sshStartPrivilege],
    },
    {
      title: 'a folder in /var, below another volume',
      given: host({
        passwd: 'sshd:x:74:74::/var/empty/sshd:/sbin/nologin',
        paths: { ...key, '/var/empty/sshd': undefined },
      }),
      yields: [sshStartPrivilege],
    },
    { title: 'a misspelt setting', given: host({ config: 'PermitRotLogin no\n' }), yields: [sshStartSetting] },
    {
      title: 'neither yes nor no',
      given: host({ config: 'PasswordAuthentication nope\n' }),
      yields: [sshStartSetting],
    },
    { title: 'no way to log in', given: host({ config: 'PermitRootLogin key-only\n' }), yields: [sshStartSetting] },
    { title: 'on the loopback alone', given: host({ config: 'ListenAddress 127.0.0.1\n' }), yields: [sshStartPort] },
    { title: 'no configuration', given: host({ config: undefined }), yields: [sshStartSetting] },
    { title: 'another port', given: host({ config: 'Port 2222\n' }), yields: [sshStartPort] },
  ],
})

const yesOrNo =
  /^(?:passwordauthentication|pubkeyauthentication|usepam|x11forwarding|permitemptypasswords|strictmodes|usedns)$/

function keyTrouble({ texts, paths }: StaticObservation['files']): string | undefined {
  const told = sshSettings(texts).flatMap(({ keyword, value }) => (keyword === 'hostkey' ? [value] : []))
  const own = [...paths.keys()].filter((path) => /^\/etc\/ssh\/ssh_host_\w+_key$/.test(path))
  const keys = told.length > 0 ? told : own
  const there = keys.flatMap((path) => paths.get(path) ?? [])
  if (there.length === 0)
    return told.length > 0 ? `${told.join(', ')} is not there` : 'there is no host key in /etc/ssh'
  const good = there.filter(({ mode, size }) => (mode & 0o077) === 0 && size > 0)
  return good.length === 0 ? 'others than root can read every host key, or they are empty' : undefined
}

function privilegeTrouble({ units, texts, paths, fstab }: StaticObservation['files']): string | undefined {
  const users = usersIn(texts)
  const user = users?.find(({ name }) => name === 'sshd')
  if (users !== undefined && user === undefined) return 'there is no user sshd in /etc/passwd'
  const home = user?.home.replace(/^\/var\/run\//, '/run/') ?? ''
  const service = units.byName.get('ssh.service') ?? units.byName.get('sshd.service')
  if (home.startsWith('/run/')) {
    const made =
      service !== undefined &&
      valuesOf(service, 'Service', 'RuntimeDirectory').some(({ value }) => home === `/run/${value}`)
    const prepared = fragments(texts, ['/etc/tmpfiles.d', '/usr/lib/tmpfiles.d']).some((path) =>
      linesOf(texts, path, /^#/).some(({ text }) => text.replace('/var/run/', '/run/').includes(` ${home}`)),
    )
    const before =
      service !== undefined && valuesOf(service, 'Service', 'ExecStartPre').some(({ value }) => value.includes(home))
    const known = service?.state === 'loaded' && service.directives.length > 0
    return known && !made && !prepared && !before ? `nobody makes ${home}, and /run is empty at each boot` : undefined
  }
  if (!home.startsWith('/var/empty') || !paths.has(home)) return undefined
  const entry = paths.get(home)
  if (entry === undefined) return `its folder ${home} is not there`
  const hidden = fstab?.lines.some(
    ({ target, type }) => (target === '/var' || target === '/var/empty') && type === 'tmpfs',
  )
  return hidden === true ? `its folder ${home} is below a mount that is empty` : undefined
}

function host(given: {
  readonly config?: string | undefined
  readonly unit?: string
  readonly passwd?: string
  readonly paths?: Sketch['paths']
}): StaticObservation {
  const service = '[Service]\nExecStart=/usr/sbin/sshd -D\nRuntimeDirectory=sshd\n'
  return sketch({
    declared: { services: [{ unit: 'ssh.service' }], ports: [22] },
    units: [unit('ssh.service', given.unit ?? service)],
    texts: {
      ...('config' in given && given.config === undefined ? {} : { '/etc/ssh/sshd_config': given.config ?? asItCame }),
      '/etc/passwd': given.passwd ?? 'sshd:x:101:65534::/run/sshd:/usr/sbin/nologin',
    },
    paths: 'paths' in given ? (given.paths ?? {}) : key,
  })
}
