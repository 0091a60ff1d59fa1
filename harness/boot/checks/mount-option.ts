import { nearest, rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { isFittingValue, isKnownOption, optionsOf } from '../fstab/options.ts'
import { templateOf } from '../host/units.ts'
import { mountManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const mountOptionUnknown = rule({
  id: 'boot/mount-option-unknown',
  level: 'error',
  reference: mountManual,
  says: ({ line, option, type, near }: { line: number; option: string; type: string; near: string }) =>
    `Line ${line} of /etc/fstab has the option ${option}, which ${type} does not take${near}.`,
  wants: 'Options that the file system takes: with one that it does not the kernel refuses the mount.',
  remedy: 'Correct the option, and try it: mount -o remount of that folder.',
})

export const mountOptionValue = rule({
  id: 'boot/mount-option-value',
  level: 'error',
  reference: mountManual,
  says: ({ line, option, value }: { line: number; option: string; value: string }) =>
    `Line ${line} of /etc/fstab has ${option}=${value}, which is no value of ${option}.`,
  wants: 'A value that the option takes.',
  remedy: 'Look it up in mount(8), or in systemd.mount(5) for x-systemd options.',
})

export const mountOptionUnit = rule({
  id: 'boot/mount-option-unit',
  level: 'error',
  reference: mountManual,
  says: ({ line, unit }: { line: number; unit: string }) =>
    `Line ${line} of /etc/fstab needs ${unit}, and there is no such unit.`,
  wants: 'A unit that is there: without it the mount is not made.',
  remedy: 'Correct the name, or take the option away.',
})

/** What is so often meant that a word near it is a slip, whatever the file system. */
const common = ['defaults', 'nofail', 'noauto', '_netdev', 'noatime', 'relatime', 'noexec', 'nosuid']

/** Options: one that is misspelt ends the boot in emergency mode, and `findmnt --verify` says nothing of it. */
export const mountOption = staticCheck({
  id: 'boot/mount-option',
  rules: [mountOptionUnknown, mountOptionValue, mountOptionUnit],
  *run({ files }) {
    for (const line of files.fstab?.lines ?? []) {
      const at = `/etc/fstab:${line.line}`
      for (const option of line.options) {
        const known = isKnownOption(line, option)
        const { name, value } = option
        const like = known === undefined ? common : optionsOf(line)
        const near = known === true ? undefined : nearest(name, like)
        const slip = known === undefined && near !== undefined && near !== name && name.length > 5
        if (known === false || slip) {
          const meant = near === undefined || near === name ? '' : `; ${near} is near it`
          yield mountOptionUnknown.at(at, {
            line: line.line,
            option: written(name, value),
            type: line.type,
            near: meant,
          })
        } else if (
          /^x-systemd\.(?:requires|wanted-by|required-by)$/.test(name) &&
          value !== undefined &&
          isMissing(value, files)
        ) {
          yield mountOptionUnit.at(at, { line: line.line, unit: value })
        } else if (!isFittingValue(line, option)) {
          yield mountOptionValue.at(at, { line: line.line, option: name, value: value ?? '' })
        }
      }
    }
  },
  examples: [
    {
      title: 'what ext4, xfs, tmpfs and swap take',
      given: sketch({
        fstab: [
          'UUID=1 / ext4 errors=remount-ro,discard,x-systemd.growfs 0 1',
          'UUID=2 /a xfs defaults,noatime,logbsize=256k 0 2',
          'tmpfs /tmp tmpfs size=50%,mode=1777,nosuid 0 0',
          'UUID=3 none swap sw,pri=10 0 0',
          'nas:/x /b nfs _netdev,soft,timeo=100,nolock 0 0',
        ].join('\n'),
      }),
      yields: [],
    },
    {
      title: 'a unit that is not there',
      given: sketch({ fstab: 'UUID=1 /a ext4 x-systemd.requires=b.service 0 2\n', units: [{ name: 'a.service' }] }),
      yields: [mountOptionUnit],
    },
    { title: 'defalts', given: sketch({ fstab: 'UUID=1 /a ext4 defalts 0 2\n' }), yields: [mountOptionUnknown] },
    {
      title: 'of another file system',
      given: sketch({ fstab: 'UUID=1 /a xfs data=ordered 0 2\n' }),
      yields: [mountOptionUnknown],
    },
    {
      title: 'a slip on the network',
      given: sketch({ fstab: 'n:/x /a nfs _netdve 0 0\n' }),
      yields: [mountOptionUnknown],
    },
    {
      title: 'a value that is none',
      given: sketch({ fstab: 'UUID=1 / ext4 errors=remont-ro 0 1\n' }),
      yields: [mountOptionValue],
    },
    {
      title: 'a time that is none',
      given: sketch({ fstab: 'UUID=1 /a ext4 nofail,x-systemd.device-timeout=1o 0 2\n' }),
      yields: [mountOptionValue],
    },
  ],
})

/** Only of a tree with units, and of those that stand in files. */
function isMissing(name: string, { units }: StaticObservation['files']): boolean {
  if (units.byName.size === 0 || !/\.(?:service|target|socket|timer)$/.test(name)) return false
  const state = (units.byName.get(name) ?? units.byName.get(templateOf(name)))?.state
  return state === undefined || state === 'missing'
}

function written(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`
}
