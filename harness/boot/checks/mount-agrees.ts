import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { effectiveOptions } from '../fstab/options.ts'
import { parseFstab } from '../fstab/parse.ts'
import type { UnitFile } from '../host/units.ts'
import { volumePath } from '../host/lvm.ts'
import { valuesOf } from '../host/units.ts'
import { mountManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const mountAgreesSource = rule({
  id: 'boot/mount-agrees-source',
  level: 'error',
  reference: mountManual,
  says: ({ at, where, source, declared }: { at: string; where: string; source: string; declared: string }) =>
    `${where} mounts ${source} at ${at}, and ${declared} is declared.`,
  wants: 'The declared source.',
  remedy: 'Compare both with `lsblk --fs`: two lines may have been exchanged.',
})

export const mountAgreesType = rule({
  id: 'boot/mount-agrees-type',
  level: 'error',
  reference: mountManual,
  says: ({ at, where, type, declared }: { at: string; where: string; type: string; declared: string }) =>
    `${where} mounts ${at} as ${type}, and ${declared} is declared.`,
  wants: 'The declared type.',
  remedy: 'Correct the type, or what is declared.',
})

export const mountAgreesOptions = rule({
  id: 'boot/mount-agrees-options',
  level: 'error',
  reference: mountManual,
  says: ({ at, where, missing }: { at: string; where: string; missing: string }) =>
    `${where} mounts ${at} without ${missing}, which is declared.`,
  wants: 'Every declared option.',
  remedy: 'Add the option; of two opposites the last one counts.',
})

export const mountAgreesReadonly = rule({
  id: 'boot/mount-agrees-readonly',
  level: 'error',
  reference: mountManual,
  says: ({ at, where }: { at: string; where: string }) => `${where} mounts ${at} read-only, and nobody declared that.`,
  wants: 'A mount that is declared can be written, unless ro is among its options.',
  remedy: 'Take ro away, or declare it.',
})

interface Mounted {
  readonly where: string
  readonly place: string
  readonly source: string
  readonly type: string
  readonly options: ReadonlySet<string>
}

/** What is mounted at the next boot, held against what is declared: the source, the type, the options. */
export const mountAgrees = staticCheck({
  id: 'boot/mount-agrees',
  rules: [mountAgreesSource, mountAgreesType, mountAgreesOptions, mountAgreesReadonly],
  *run({ declared, files }) {
    for (const { at, source, type, options } of declared.mounts) {
      for (const one of mountedAt(at, files)) {
        const { where, place } = one
        if (source !== undefined && !mayBeSame(source, one.source, declared.disks ?? [])) {
          yield mountAgreesSource.at(place, { at, where, source: one.source, declared: source })
        }
        if (type !== undefined && one.type !== 'auto' && one.type !== type) {
          yield mountAgreesType.at(place, { at, where, type: one.type, declared: type })
        }
        // Made by the kernel whether they are written or not, or a matter of its age.
        const missing = options.filter((each) => !one.options.has(each) && !['relatime', 'seclabel'].includes(each))
        const given = missing.filter((each) => !/^(?:rw|errors=|data=)/.test(each) || one.options.has('ro'))
        if (given.length > 0) yield mountAgreesOptions.at(place, { at, where, missing: given.join(',') })
        else if (
          one.options.has('ro') &&
          !options.includes('ro') &&
          !/^(?:iso9660|squashfs|erofs|udf)$/.test(one.type)
        ) {
          yield mountAgreesReadonly.at(place, { at, where })
        }
      }
    }
  },
  examples: [
    { title: 'as declared', given: mounting('UUID=aa /x ext4 noexec,nodev 0 2'), yields: [] },
    {
      title: 'a volume of LVM by its other name',
      given: sketch({
        declared: { mounts: [{ at: '/x', source: '/dev/mapper/my--group-x' }] },
        fstab: '/dev/my-group/x /x ext4 rw 0 2\n',
      }),
      yields: [],
    },
    { title: 'another disk', given: mounting('UUID=bb /x ext4 noexec,nodev 0 2'), yields: [mountAgreesSource] },
    {
      title: 'by its label, and nobody says what that is',
      given: mounting('LABEL=x /x ext4 noexec,nodev 0 2'),
      yields: [],
    },
    { title: 'another type', given: mounting('UUID=aa /x xfs noexec,nodev 0 2'), yields: [mountAgreesType] },
    { title: 'without an option', given: mounting('UUID=aa /x ext4 nodev 0 2'), yields: [mountAgreesOptions] },
    {
      title: 'an option that is undone',
      given: mounting('UUID=aa /x ext4 nodev,noexec,exec 0 2'),
      yields: [mountAgreesOptions],
    },
    { title: 'read-only', given: mounting('UUID=aa /x ext4 nodev,noexec,ro 0 2'), yields: [mountAgreesReadonly] },
    {
      title: 'a mount unit of another disk',
      given: sketch({
        declared: { mounts: [{ at: '/x', source: 'UUID=aa' }] },
        units: [unit('x.mount', '[Mount]\nWhat=/dev/disk/by-uuid/bb\nWhere=/x\nType=ext4\n')],
      }),
      yields: [mountAgreesSource],
    },
  ],
})

function mountedAt(at: string, { fstab, units }: StaticObservation['files']): readonly Mounted[] {
  const lines = (fstab?.lines ?? []).filter(({ target }) => target === at)
  const own = [...units.byName.values()].filter(
    (each) => each.name.endsWith('.mount') && each.state === 'loaded' && last(each, 'Where') === at,
  )
  return [
    ...lines.map(({ line, spec, type, options }) => {
      const place = `/etc/fstab:${line}`
      return { where: `Line ${line} of /etc/fstab`, place, source: spec, type, options: effectiveOptions(options) }
    }),
    ...own.map((each) => {
      const text = `x /x ext4 ${last(each, 'Options') ?? 'defaults'} 0 0`
      const options = effectiveOptions(parseFstab(new TextEncoder().encode(text)).lines[0]?.options ?? [])
      const source = last(each, 'What') ?? ''
      return { where: each.name, place: each.name, source, type: last(each, 'Type') ?? 'auto', options }
    }),
  ]
}

const last = (unitFile: UnitFile, name: string): string | undefined => valuesOf(unitFile, 'Mount', name).at(-1)?.value

/** Two ways to name a disk can mean the same one: only a known disk, or the same way, tells them apart. */
function mayBeSame(one: string, other: string, disks: NonNullable<StaticObservation['declared']['disks']>): boolean {
  const [a, b] = [plain(one), plain(other)]
  if (a === b) return true
  const names = disks.map((disk) =>
    [
      disk.device,
      disk.uuid && `uuid=${disk.uuid}`,
      disk.label && `label=${disk.label}`,
      disk.partuuid && `partuuid=${disk.partuuid}`,
      disk.partlabel && `partlabel=${disk.partlabel}`,
    ].map((each) => each && plain(each)),
  )
  const [first, second] = [names.find((each) => each.includes(a)), names.find((each) => each.includes(b))]
  if (first !== undefined && second !== undefined) return first === second
  return kindOf(a) !== kindOf(b)
}

const kindOf = (source: string): string => (source.includes('=') ? source.slice(0, source.indexOf('=')) : 'path')

/** UUID=AB, UUID="ab" and /dev/disk/by-uuid/ab are one. */
function plain(source: string): string {
  const [, by, name] = /^\/dev\/disk\/by-(uuid|label|partuuid|partlabel)\/(.+)$/.exec(source) ?? []
  const text = by === undefined ? volumePath(source.replaceAll('"', '')) : `${by}=${name}`
  const [, tag = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? []
  return tag === '' ? text : `${tag.toLowerCase()}=${/uuid/i.test(tag) ? value.toLowerCase() : value}`
}

function mounting(line: string): StaticObservation {
  const options = ['noexec', 'nodev']
  return sketch({ declared: { mounts: [{ at: '/x', source: 'UUID=aa', type: 'ext4', options }] }, fstab: `${line}\n` })
}
