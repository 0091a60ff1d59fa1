import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { startedUnits } from '../host/pulled-in.ts'
import { isWithin } from '../paths.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const folderStateShut = rule({
  id: 'boot/folder-state-shut',
  level: 'error',
  reference: unitManual,
  says: ({ path, mode }: { path: string; mode: string }) =>
    `${path} has mode ${mode}: what does not run as root cannot pass through it.`,
  wants: 'Mode 0755; of /tmp 1777.',
  remedy: 'chmod it as it was; look what else the same command changed.',
})

export const folderStateUnread = rule({
  id: 'boot/folder-state-unread',
  level: 'error',
  reference: unitManual,
  says: ({ path, mode }: { path: string; mode: string }) =>
    `${path} has mode ${mode}: what does not run as root cannot read it.`,
  wants: 'Mode 0644.',
  remedy: 'chmod 0644 it; it was written with a umask that hides it.',
})

export const folderStateInit = rule({
  id: 'boot/folder-state-init',
  level: 'error',
  reference: unitManual,
  says: ({ what }: { what: string }) => `/sbin/init ${what}, and a kernel is there that would start it.`,
  wants: 'A program to begin with.',
  remedy: 'Install systemd-sysv again.',
})

export const folderStateResolver = rule({
  id: 'boot/folder-state-resolver',
  level: 'error',
  reference: unitManual,
  says: ({ target }: { target: string }) =>
    `/etc/resolv.conf leads to ${target}, and nothing that is started at boot writes it.`,
  wants: 'Names are found after a boot.',
  remedy: 'systemctl enable systemd-resolved, or write the file.',
})

export const folderStateAstray = rule({
  id: 'boot/folder-state-astray',
  level: 'error',
  reference: unitManual,
  says: ({ path, target }: { path: string; target: string }) =>
    `${path} leads to ${target}, and nothing is there, nor is anything mounted there.`,
  wants: 'Data that was moved behind a link lies where a boot mounts it.',
  remedy: 'Append the line of that mount to fstab, or correct the link.',
})

export const folderStateUnstarted = rule({
  id: 'boot/folder-state-unstarted',
  level: 'warning',
  reference: unitManual,
  says: ({ mode }: { mode: string }) =>
    `/etc/rc.local is there with mode ${mode}, and is not run: it may not be started.`,
  wants: 'What somebody wrote to be run at boot may be started.',
  remedy: 'chmod 0755 it, or make a unit of it.',
})

export const folderStateBarred = rule({
  id: 'boot/folder-state-barred',
  level: 'error',
  reference: unitManual,
  says: () => '/etc/nologin is there: nobody but root can log in, after each boot.',
  wants: 'No /etc/nologin; what a shutdown writes stands in /run.',
  remedy: 'Take the file away.',
})

/** Files and folders that everything stands on: whether others can pass, where links lead. */
export const folderState = staticCheck({
  id: 'boot/folder-state',
  rules: [
    folderStateShut,
    folderStateUnread,
    folderStateInit,
    folderStateResolver,
    folderStateAstray,
    folderStateUnstarted,
    folderStateBarred,
  ],
  *run({ files: { paths, boot, units, fstab, texts, links } }) {
    for (const path of ['/', '/etc', '/usr', '/var', '/tmp', '/home']) {
      const entry = paths.get(path)
      if (entry === undefined || entry.kind !== 'folder') continue
      const needed = path === '/tmp' ? 0o003 : 0o001
      if ((entry.mode & needed) !== needed) yield folderStateShut.at(path, { path, mode: octal(entry.mode) })
    }
    for (const path of ['/etc/passwd', '/etc/group', '/etc/nsswitch.conf', '/etc/hosts']) {
      const entry = paths.get(path)
      if (entry?.kind !== 'file' || (entry.mode & 0o004) !== 0) continue
      yield folderStateUnread.at(path, { path, mode: octal(entry.mode) })
    }
    const init = paths.get('/sbin/init')
    if (boot.kernels.length > 0 && paths.has('/sbin/init') && (init === undefined || (init.mode & 0o111) === 0)) {
      yield folderStateInit.at('/sbin/init', {
        what: init === undefined ? 'is not there' : `has mode ${octal(init.mode)}`,
      })
    }
    const resolver = links.get('/etc/resolv.conf')
    const started = startedUnits(units)
    const writers = [
      'systemd-resolved.service',
      'resolvconf.service',
      'NetworkManager.service',
      'dhcpcd.service',
      'connman.service',
    ]
    const writes = writers.some((name) => started.has(name) && units.byName.get(name)?.state === 'loaded')
    if (resolver !== undefined && resolver.startsWith('/run/') && !writes && boot.kernels.length > 0) {
      yield folderStateResolver.at('/etc/resolv.conf', { target: resolver })
    }
    const mounted = (fstab?.lines ?? []).map(({ target }) => target).filter((target) => target.length > 1)
    const byUnit = [...units.byName.keys()].some(
      (name) => name.endsWith('.mount') && units.byName.get(name)?.pulledInBy.length !== 0,
    )
    for (const [path, target] of links) {
      if (!/^\/(?:var\/lib|var\/www|srv|opt|etc\/nginx|etc\/apache2)\//.test(path) || paths.get(path) !== undefined)
        continue
      const later = /^\/(?:run|proc|sys|dev|tmp)\//.test(target) || mounted.some((at) => isWithin(target, at))
      if (!later && !(byUnit && /^\/(?:mnt|media|srv|data)\b/.test(target)))
        yield folderStateAstray.at(path, { path, target })
    }
    const local = paths.get('/etc/rc.local')
    if (local !== undefined && (local.mode & 0o111) === 0) {
      yield folderStateUnstarted.at('/etc/rc.local', { mode: octal(local.mode) })
    }
    if (texts.has('/etc/nologin')) yield folderStateBarred.at('/etc/nologin')
  },
  examples: [
    {
      title: 'as they are',
      given: sketch({
        paths: { '/': { kind: 'folder' }, '/tmp': { kind: 'folder', mode: 0o1777 }, '/sbin/init': {} },
        boot: { kernels: ['6.1'] },
        links: { '/var/lib/mysql': '/data/mysql' },
        fstab: 'LABEL=d /data ext4 rw 0 2\n',
      }),
      yields: [],
    },
    {
      title: 'a root that nobody passes',
      given: sketch({ paths: { '/': { kind: 'folder', mode: 0o700 } } }),
      yields: [folderStateShut],
    },
    {
      title: 'accounts that only root reads',
      given: sketch({ paths: { '/etc/passwd': { mode: 0o600 }, '/etc/hosts': { mode: 0o644 } } }),
      yields: [folderStateUnread],
    },
    {
      title: 'no init',
      given: sketch({ paths: { '/sbin/init': undefined }, boot: { kernels: ['6.1'] } }),
      yields: [folderStateInit],
    },
    {
      title: 'a resolver that is not started',
      given: sketch({
        links: { '/etc/resolv.conf': '/run/systemd/resolve/stub-resolv.conf' },
        boot: { kernels: ['6.1'] },
      }),
      yields: [folderStateResolver],
    },
    {
      title: 'data that was left elsewhere',
      given: sketch({ links: { '/var/lib/mysql': '/data/mysql' } }),
      yields: [folderStateAstray],
    },
    {
      title: 'a script that may not be started',
      given: sketch({ paths: { '/etc/rc.local': { mode: 0o644 } } }),
      yields: [folderStateUnstarted],
    },
    { title: 'nobody may log in', given: sketch({ texts: { '/etc/nologin': '' } }), yields: [folderStateBarred] },
  ],
})

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')
