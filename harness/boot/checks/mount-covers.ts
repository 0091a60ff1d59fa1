import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { effectiveOptions } from '../fstab/options.ts'
import { groundOf } from '../host/unit-paths.ts'
import { fstabManual, mountManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const mountCoversSystem = rule({
  id: 'boot/mount-covers-system',
  level: 'error',
  reference: fstabManual,
  says: ({ line, target }: { line: number; target: string }) =>
    `Line ${line} of /etc/fstab mounts over ${target}, without which a boot goes wrong.`,
  wants: 'Folders that the boot itself reads belong to the root.',
  remedy: 'Correct the mount point.',
})

export const mountCoversState = rule({
  id: 'boot/mount-covers-state',
  level: 'error',
  reference: fstabManual,
  says: ({ line, target, type }: { line: number; target: string; type: string }) =>
    `Line ${line} of /etc/fstab mounts an empty ${type} over ${target}: what belongs there is gone at each boot.`,
  wants: 'Memory holds only what may be lost.',
  remedy: 'Take the line away, or make it for the folder below that may be lost.',
})

export const mountCoversBare = rule({
  id: 'boot/mount-covers-bare',
  level: 'error',
  reference: fstabManual,
  says: ({ line, target, missing }: { line: number; target: string; missing: string }) =>
    `Line ${line} of /etc/fstab mounts a partition at ${target} that has no ${missing}: the tree was not copied onto it.`,
  wants: 'A volume that takes the place of a system folder has what was in it.',
  remedy: 'Copy it: rsync -aHAX, in single user mode, before the line is made.',
})

export const mountCoversNoexec = rule({
  id: 'boot/mount-covers-noexec',
  level: 'error',
  reference: mountManual,
  says: ({ line, target, program, unit: name }: { line: number; target: string; program: string; unit: string }) =>
    `Line ${line} of /etc/fstab mounts ${target} noexec, and ${name} starts ${program} there.`,
  wants: 'Programs lie where they may be started.',
  remedy: 'Take noexec away, or add exec behind user and users, which bring it.',
})

const system = /^\/(?:etc|bin|sbin|lib|lib32|lib64|dev|proc|sys|usr\/bin|usr\/sbin|usr\/lib|var\/lib\/dpkg)$/
const kernels = /^(?:proc|sysfs|devtmpfs|devpts|none|bind|overlay|tmpfs)$/
const state = /^\/(?:var|var\/lib(?:\/.+)?|var\/spool(?:\/.+)?|var\/www|usr|usr\/local|home|root|opt|srv|boot)$/
/** What a volume in the place of a folder must have, of hosts that have packages. */
const needed: Readonly<Record<string, readonly string[]>> = {
  '/var': ['lib', 'log'],
  '/usr': ['bin', 'lib'],
  '/boot': [],
}

/** What a mount hides, and what becomes of what was there. */
export const mountCovers = staticCheck({
  id: 'boot/mount-covers',
  rules: [mountCoversSystem, mountCoversState, mountCoversBare, mountCoversNoexec],
  *run({ declared, files: { fstab, units, disk } }) {
    for (const each of fstab?.lines ?? []) {
      const { line, target, type, source, spec } = each
      const at = `/etc/fstab:${line}`
      const bound = effectiveOptions(each.options).has('bind') || type === 'overlay'
      if (system.test(target) && !kernels.test(type) && !bound) yield mountCoversSystem.at(at, { line, target })
      const wanted = declared.mounts.some((mount) => mount.at === target && mount.type === type)
      const holds = [...declared.data, ...declared.mounts.map((mount) => mount.at)].some((path) => path === target)
      const kept =
        state.test(target) || system.test(target) || holds || declared.data.some((path) => isUnder(path, target))
      if (/^(?:tmpfs|ramfs)$/.test(type) && kept && !wanted) {
        yield mountCoversState.at(at, { line, target, type })
      }
      const part = disk?.parts.find(
        ({ uuid, label, partuuid, names, root }) =>
          names !== undefined && !root && [`UUID=${uuid}`, `LABEL=${label}`, `PARTUUID=${partuuid}`].includes(spec),
      )
      const missing = (needed[target] ?? []).filter((name) => part?.names?.includes(name) === false)
      if (missing.length > 0) yield mountCoversBare.at(at, { line, target, missing: missing.join(' and no ') })
      if (!effectiveOptions(each.options).has('noexec') || type === 'swap' || source.value === 'proc') continue
      const timed = declared.timers.map((timer) => timer.replace(/\.timer$/, '.service'))
      for (const name of ['systemd-journald.service', ...declared.services.map((service) => service.unit), ...timed]) {
        const own = units.byName.get(name)
        const program = own && groundOf(own).find(({ kind, path }) => kind === 'program' && isUnder(path, target))
        if (program) yield mountCoversNoexec.at(at, { line, target, program: program.path, unit: name })
      }
    }
  },
  examples: [
    {
      title: 'data, temporary files, a program on the root',
      given: sketch({
        fstab: 'LABEL=a /srv xfs noexec 0 2\ntmpfs /tmp tmpfs noexec 0 0\nproc /proc proc noexec 0 0\n',
        declared: { services: [{ unit: 'a.service' }] },
        units: [unit('a.service', '[Service]\nExecStart=/usr/bin/a\n')],
      }),
      yields: [],
    },
    { title: 'over /etc', given: sketch({ fstab: 'LABEL=a /etc ext4 rw 0 2\n' }), yields: [mountCoversSystem] },
    { title: 'memory over /var', given: sketch({ fstab: 'tmpfs /var tmpfs rw 0 0\n' }), yields: [mountCoversState] },
    {
      title: 'memory over declared data',
      given: sketch({ fstab: 'tmpfs /srv/a tmpfs rw 0 0\n', declared: { data: ['/srv/a/uploads'] } }),
      yields: [mountCoversState],
    },
    {
      title: 'an empty partition in the place of /var',
      given: sketch({
        fstab: 'LABEL=v /var ext4 rw 0 2\n',
        disk: {
          table: 'gpt',
          bootCode: true,
          problems: [],
          parts: [{ number: 2, type: 'ext4', label: 'v', root: false, names: ['lost+found'] }],
        },
      }),
      yields: [mountCoversBare],
    },
    {
      title: 'a program where none may be started',
      given: sketch({
        fstab: 'LABEL=a /srv xfs users 0 2\n',
        declared: { services: [{ unit: 'a.service' }] },
        units: [unit('a.service', '[Service]\nExecStart=/srv/a\n')],
      }),
      yields: [mountCoversNoexec],
    },
  ],
})

function isUnder(path: string, target: string): boolean {
  return path.startsWith(target === '/' ? '/' : `${target}/`)
}
