import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const mountPointAbsent = rule({
  id: 'boot/mount-point-absent',
  level: 'warning',
  reference: fstabManual,
  says: ({ target, line }: { target: string; line: number }) =>
    `Line ${line} of /etc/fstab mounts at ${target}, and there is no such folder.`,
  wants: 'The folder is there: systemd makes one, mount -a does not.',
  remedy: 'Make the folder where the line is made.',
})

export const mountPointHides = rule({
  id: 'boot/mount-point-hides',
  level: 'warning',
  reference: fstabManual,
  says: ({ target, line }: { target: string; line: number }) =>
    `Line ${line} of /etc/fstab mounts at ${target}, and hides what stands in that folder.`,
  wants: 'An empty folder below a mount: data that was written before the mount is neither seen nor saved.',
  remedy: 'Move what stands there onto the disk that is mounted, and take it away below.',
})

/** What stands where something will be mounted: a folder, and nothing in it that would be hidden. */
export const mountPoint = staticCheck({
  id: 'boot/mount-point',
  rules: [mountPointAbsent, mountPointHides],
  *run({ files }) {
    for (const { line, target } of files.fstab?.lines ?? []) {
      if (target === '/' || !target.startsWith('/')) continue
      const place = files.places.get(target)
      if (place === 'absent' || place === 'no folder') yield mountPointAbsent.at(`/etc/fstab:${line}`, { target, line })
      if (place === 'filled') yield mountPointHides.at(`/etc/fstab:${line}`, { target, line })
    }
  },
  examples: [
    {
      title: 'an empty folder',
      given: sketch({ fstab: 'UUID=1 /x ext4 rw 0 2\n', places: { '/x': 'empty' } }),
      yields: [],
    },
    {
      title: 'no folder',
      given: sketch({ fstab: 'UUID=1 /x ext4 rw 0 2\n', places: { '/x': 'absent' } }),
      yields: [mountPointAbsent],
    },
    {
      title: 'a folder with files',
      given: sketch({ fstab: 'UUID=1 /x ext4 rw 0 2\n', places: { '/x': 'filled' } }),
      yields: [mountPointHides],
    },
  ],
})
