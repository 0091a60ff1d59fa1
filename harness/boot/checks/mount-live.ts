import { rule } from '../../kernel/index.ts'
import { mountHas } from '../live/has-option.ts'
import { mountManual } from '../live/references.ts'
import { isOf, mountAt } from '../live/same-source.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { fstabManual } from '../references.ts'
import { lived } from '../testing/lived.ts'

export const mountLiveAbsent = rule({
  id: 'boot/mount-live-absent',
  level: 'error',
  reference: fstabManual,
  says: ({ at }: { at: string }) => `After the boot nothing is mounted on ${at}.`,
  wants: 'What is declared is mounted after a boot, whatever state the host says it is in.',
  remedy: 'Give it a line of fstab that names its device as it is: nofail and noauto hide that it is not there.',
})

export const mountLiveSource = rule({
  id: 'boot/mount-live-source',
  level: 'error',
  reference: fstabManual,
  says: ({ at, source, declared }: { at: string; source: string; declared: string }) =>
    `${source} is mounted on ${at}, and ${declared} is declared.`,
  wants: 'A mount point has the device that is declared, by whatever of its names.',
  remedy: 'Name it in fstab by UUID= or LABEL=: names such as /dev/vdb go to another disk when one is added.',
})

export const mountLiveType = rule({
  id: 'boot/mount-live-type',
  level: 'error',
  reference: fstabManual,
  says: ({ at, type, declared }: { at: string; type: string; declared: string }) =>
    `${at} is ${type}, and ${declared} is declared.`,
  wants: 'A mount has the file system that is declared.',
  remedy: 'Correct the third field of its line, or what is declared.',
})

export const mountLiveReadOnly = rule({
  id: 'boot/mount-live-read-only',
  level: 'error',
  reference: mountManual,
  says: ({ at }: { at: string }) => `${at} is mounted read-only after the boot.`,
  wants: 'What is not declared with ro can be written to.',
  remedy: 'Take ro out of its line; when it is not there, the kernel saw errors: look at its log, and run fsck.',
})

export const mountLiveOption = rule({
  id: 'boot/mount-live-option',
  level: 'error',
  reference: mountManual,
  says: ({ at, option, options }: { at: string; option: string; options: string }) =>
    `${at} is mounted without ${option}; it has ${options}.`,
  wants: 'A mount has the options that are declared.',
  remedy: 'Put it into the fourth field of its line: given to mount by hand it lasts until the reboot.',
})

/** Each declared mount is there after the boot, of its device and type, with its options, and can be written to. */
export const mountLive = liveCheck({
  id: 'boot/mount-live',
  rules: [mountLiveAbsent, mountLiveSource, mountLiveType, mountLiveReadOnly, mountLiveOption],
  applies: ({ declared }) => declared.mounts.length > 0,
  *run(given) {
    for (const { at, source, type, options, optional } of given.declared.mounts) {
      const host = hostAfter(given)
      const mount = mountAt(at, host)
      if (mount === undefined) {
        if (!optional) yield mountLiveAbsent.at(at, { at })
        continue
      }
      if (source !== undefined && !['none', type].includes(source) && !isOf(source, mount, host)) {
        yield mountLiveSource.at(at, { at, source: mount.device ?? mount.source, declared: source })
      }
      if (type !== undefined && !['auto', 'none', mount.type].includes(type)) {
        yield mountLiveType.at(at, { at, type: mount.type, declared: type })
      }
      if (mount.options.includes('ro') && !options.includes('ro') && at !== '/') yield mountLiveReadOnly.at(at, { at })
      for (const option of options.filter((each) => each !== 'rw' && !mountHas(mount.options, each))) {
        yield mountLiveOption.at(at, { at, option, options: mount.options.join(',') })
      }
    }
  },
  examples: [
    {
      title: 'a disk by its UUID, with its options',
      given: lived({
        declared: { mounts: [{ at: '/srv', source: 'UUID=1-2', type: 'ext4', options: ['rw', 'noexec'] }] },
        after: { mounts: [{ at: '/srv', options: ['rw', 'noexec', 'relatime'] }], names: { 'UUID=1-2': '/dev/vdb' } },
      }),
      yields: [],
    },
    {
      title: 'a folder that is bound, and memory with its size in other words',
      given: lived({
        declared: {
          mounts: [
            { at: '/var/www', source: '/srv/www' },
            { at: '/cache', source: 'tmpfs', type: 'tmpfs', options: ['size=64M', 'mode=0755'] },
          ],
        },
        after: {
          mounts: [
            { at: '/var/www', source: '/dev/vda1', root: '/srv/www' },
            { at: '/cache', source: 'tmpfs', type: 'tmpfs', options: ['rw', 'size=65536k', 'mode=755'] },
          ],
        },
      }),
      yields: [],
    },
    {
      title: 'one without which the host must come up too',
      given: lived({ declared: { mounts: [{ at: '/extra', optional: true }] } }),
      yields: [],
    },
    { title: 'not mounted', given: lived({ declared: { mounts: [{ at: '/srv' }] } }), yields: [mountLiveAbsent] },
    {
      title: 'another folder bound there',
      given: lived({
        declared: { mounts: [{ at: '/var/www', source: '/srv/www' }] },
        after: { mounts: [{ at: '/var/www', source: '/dev/vda1', root: '/srv/old' }] },
      }),
      yields: [mountLiveSource],
    },
    {
      title: 'another disk of another type',
      given: lived({
        declared: { mounts: [{ at: '/srv', source: '/dev/md0', type: 'xfs' }] },
        after: { mounts: [{ at: '/srv', source: '/dev/vdb' }] },
      }),
      yields: [mountLiveSource, mountLiveType],
    },
    {
      title: 'read-only, and without noexec',
      given: lived({
        declared: { mounts: [{ at: '/srv', options: ['noexec'] }] },
        after: { mounts: [{ at: '/srv', options: ['ro'] }] },
      }),
      yields: [mountLiveReadOnly, mountLiveOption],
    },
    {
      title: 'the last of two is what is seen',
      given: lived({
        declared: { mounts: [{ at: '/srv', source: '/dev/vdb' }] },
        after: { mounts: [{ at: '/srv' }, { at: '/srv', source: 'tmpfs', type: 'tmpfs' }] },
      }),
      yields: [mountLiveSource],
    },
  ],
})
