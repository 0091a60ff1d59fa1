import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import type { FstabLine } from '../fstab/parse.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const sourceFormUuid = rule({
  id: 'boot/source-form-uuid',
  level: 'error',
  reference: fstabManual,
  says: ({ line, spec, type }: { line: number; spec: string; type: string }) =>
    `Line ${line} of /etc/fstab names ${spec}, and no ${type} has a name of that form.`,
  wants: 'A name as `blkid` writes it: of most file systems 8-4-4-4-12 hexadecimal digits.',
  remedy: 'Copy it again from `blkid`; a character was lost or changed.',
})

export const sourceFormNone = rule({
  id: 'boot/source-form-none',
  level: 'error',
  reference: fstabManual,
  says: ({ line, spec, type }: { line: number; spec: string; type: string }) =>
    `Line ${line} of /etc/fstab mounts ${spec} as ${type}, and that names no disk.`,
  wants: 'UUID=, LABEL=, PARTUUID=, PARTLABEL= or a path.',
  remedy: 'Correct the first field.',
})

export const sourceFormMapper = rule({
  id: 'boot/source-form-mapper',
  level: 'error',
  reference: fstabManual,
  says: ({ line, spec }: { line: number; spec: string }) =>
    `Line ${line} of /etc/fstab mounts ${spec}, and no line of /etc/crypttab opens a volume of that name.`,
  wants: 'The name of a volume that is opened at boot.',
  remedy: 'Make the names in both files the same.',
})

export const sourceFormArray = rule({
  id: 'boot/source-form-array',
  level: 'error',
  reference: fstabManual,
  says: ({ line, spec, conf }: { line: number; spec: string; conf: string }) =>
    `Line ${line} of /etc/fstab mounts ${spec}, and ${conf} has no ARRAY line for it: it may come back as /dev/md127.`,
  wants: 'An array that fstab names has its ARRAY line.',
  remedy: 'mdadm --detail --scan >>/etc/mdadm/mdadm.conf, then update-initramfs -u; or mount it by UUID=.',
})

export const sourceFormTwice = rule({
  id: 'boot/source-form-twice',
  level: 'warning',
  reference: fstabManual,
  says: ({ line, first, spec }: { line: number; first: number; spec: string }) =>
    `Lines ${first} and ${line} of /etc/fstab mount the same ${spec} in two places.`,
  wants: 'A disk a line: one was copied and not changed.',
  remedy: 'Give one of them the source that is meant; a second place of the same files is a bind mount.',
})

const disks = /^(?:ext[234]|xfs|btrfs|vfat|f2fs|swap|ntfs3?|exfat|jfs|reiserfs)$/
const dashed = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const uuids: Readonly<Record<string, RegExp>> = {
  vfat: /^[0-9a-f]{4}-[0-9a-f]{4}$/i,
  exfat: /^[0-9a-f]{4}-[0-9a-f]{4}$/i,
  ntfs: /^[0-9a-f]{16}$/i,
  ntfs3: /^[0-9a-f]{16}$/i,
}
const labels: Readonly<Record<string, number>> = { ext2: 16, ext3: 16, ext4: 16, xfs: 12, vfat: 11, swap: 16 }

/** The first field: whether it can be the name of anything. */
export const sourceForm = staticCheck({
  id: 'boot/source-form',
  rules: [sourceFormUuid, sourceFormNone, sourceFormMapper, sourceFormArray, sourceFormTwice],
  *run({ files: { fstab, crypttab, mdadm }, declared }) {
    const first = new Map<string, number>()
    for (const each of fstab?.lines ?? []) {
      const { line, spec, source, type } = each
      const at = `/etc/fstab:${line}`
      if (!isPossible(each)) yield sourceFormUuid.at(at, { line, spec, type })
      if (source.kind === 'none' && disks.test(type)) yield sourceFormNone.at(at, { line, spec, type })
      const [, volume] = /^\/dev\/mapper\/(.+)$/.exec(spec) ?? []
      const opened = crypttab.some(({ name }) => name === volume)
      // Volumes of LVM have a hyphen in their names, and are found without any file.
      const told = opened || declared.encrypted.some(({ name }) => name === volume)
      if (volume !== undefined && !volume.includes('-') && crypttab.length > 0 && !told) {
        yield sourceFormMapper.at(at, { line, spec })
      }
      const [, array] = /^\/dev\/(md(?:\d+|\/.+))$/.exec(spec) ?? []
      const known = mdadm?.arrays.some(({ device }) => device.replace('/md/', '/md') === spec.replace('/md/', '/md'))
      const judged = declared.arrays.some(({ device }) => device === spec)
      if (array !== undefined && mdadm !== undefined && known === false && !judged) {
        yield sourceFormArray.at(at, { line, spec, conf: mdadm.path })
      }
      const bound = each.options.some(({ name }) => /^(?:r?bind|subvol|subvolid|r?move)$/.test(name))
      if (!['tag', 'device'].includes(source.kind) || bound || type === 'swap' || type === 'btrfs') continue
      const before = first.get(spec)
      // The same line again is another check's.
      const same = fstab?.lines.some((other) => other.line === before && other.target === each.target)
      if (before !== undefined && same !== true) yield sourceFormTwice.at(at, { line, first: before, spec })
      first.set(spec, before ?? line)
    }
  },
  examples: [
    {
      title: 'names of all kinds',
      given: sketch({
        fstab: [
          'UUID=0a1b2c3d-0000-4000-8000-000000000001 / ext4 rw 0 1',
          'UUID=1A2B-3C4D /boot/efi vfat umask=0077 0 1',
          'PARTUUID=0a1b2c3d-02 /a ext4 rw 0 2',
          'LABEL=data /b xfs rw 0 2',
          '/dev/mapper/vg-data /c ext4 rw 0 2',
          'tmpfs /tmp tmpfs rw 0 0',
          '/b/x /d none bind 0 0',
        ].join('\n'),
      }),
      yields: [],
    },
    {
      title: 'a digit was lost',
      given: sketch({ fstab: 'UUID=0a1b2c3-0000-4000-8000-000000000001 / ext4 rw 0 1\n' }),
      yields: [sourceFormUuid],
    },
    {
      title: 'a label that does not fit',
      given: sketch({ fstab: 'LABEL=data-of-the-host /b xfs rw 0 2\n' }),
      yields: [sourceFormUuid],
    },
    {
      title: 'a tag that is misspelt',
      given: sketch({ fstab: 'UIUD=0a1b / ext4 rw 0 1\n' }),
      yields: [sourceFormNone],
    },
    {
      title: 'a volume of another name',
      given: sketch({
        fstab: '/dev/mapper/vualt /b xfs rw 0 2\n',
        crypttab: [{ line: 1, text: '', name: 'vault', source: 'x', keyFile: undefined, options: [], key: undefined }],
      }),
      yields: [sourceFormMapper],
    },
    {
      title: 'an array without its line',
      given: sketch({ fstab: '/dev/md1 /b xfs rw 0 2\n', mdadm: 'ARRAY /dev/md0 UUID=aa\n' }),
      yields: [sourceFormArray],
    },
    {
      title: 'a line that was copied',
      given: sketch({ fstab: 'LABEL=a /a xfs rw 0 2\nLABEL=a /b xfs rw 0 2\n' }),
      yields: [sourceFormTwice],
    },
  ],
})

function isPossible({ source: { tag, value, kind }, type }: FstabLine): boolean {
  const [, by, linked] = kind === 'device' ? (/^\/dev\/disk\/by-(uuid|partuuid)\/(.+)$/.exec(value) ?? []) : []
  const [named, name] = [tag ?? by?.toUpperCase(), linked ?? value]
  if (named === 'UUID' && disks.test(type)) return (uuids[type] ?? dashed).test(name)
  if (named === 'UUID') return /^[0-9a-f-]{8,36}$/i.test(name)
  if (named === 'PARTUUID') return dashed.test(name) || /^[0-9a-f]{8}-[0-9a-f]{2}$/i.test(name)
  if (named === 'LABEL') return name !== '' && name.length <= (labels[type] ?? 255)
  return named === undefined || name !== ''
}
