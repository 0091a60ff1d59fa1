import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { volumePath } from '../host/lvm.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabSourceUnstable = rule({
  id: 'boot/fstab-source-unstable',
  level: 'warning',
  reference: fstabManual,
  says: ({ line, spec }: { line: number; spec: string }) =>
    `Line ${line} of /etc/fstab names ${spec}, which may be another disk after the next boot.`,
  wants:
    'A source that stays with its file system: UUID=, LABEL=, PARTUUID=, /dev/disk/by-..., or a named array or volume.',
  remedy: 'Put UUID= there, as `blkid` tells it.',
})

export const fstabSourceUnknown = rule({
  id: 'boot/fstab-source-unknown',
  level: 'error',
  reference: fstabManual,
  says: ({ line, spec }: { line: number; spec: string }) =>
    `Line ${line} of /etc/fstab names ${spec}, and none of the declared disks is that.`,
  wants: 'Every source is a disk that the host has.',
  remedy: 'Compare it with `lsblk --fs`, digit by digit: without nofail the boot ends in emergency mode.',
})

/** sda1, vdb, xvdf, hdc, nvme0n1p2, mmcblk0p1: counted by the kernel. */
const counted = /^\/dev\/(?:(?:s|h|v|xv)d[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?)$/

/** Names that the kernel gives in the order in which it finds disks: another disk may have one after the next boot. */
export const fstabSource = staticCheck({
  id: 'boot/fstab-source',
  rules: [fstabSourceUnstable, fstabSourceUnknown],
  *run({ files, declared: { disks, arrays, encrypted } }) {
    for (const { line, spec, source, type } of files.fstab?.lines ?? []) {
      const at = `/etc/fstab:${line}`
      if (source.kind === 'device' && counted.test(source.value)) yield fstabSourceUnstable.at(at, { line, spec })
      if (disks === undefined || type === 'nfs' || !['tag', 'device'].includes(source.kind)) continue
      const names = [
        ...disks.flatMap((disk) => [
          disk.device && volumePath(disk.device),
          disk.uuid && `UUID=${disk.uuid}`,
          disk.label && `LABEL=${disk.label}`,
          disk.partuuid && `PARTUUID=${disk.partuuid}`,
          disk.partlabel && `PARTLABEL=${disk.partlabel}`,
        ]),
        ...arrays.map(({ device }) => device),
        ...encrypted.map(({ name }) => `/dev/mapper/${name}`),
      ]
      const asked = source.kind === 'tag' ? `${source.tag}=${source.value}` : volumePath(source.value)
      // Links by id and by path stand for disks by names that nobody declares.
      if (!names.includes(asked) && !asked.startsWith('/dev/disk/by-')) yield fstabSourceUnknown.at(at, { line, spec })
    }
  },
  examples: [
    {
      title: 'a UUID, and nobody says which disks there are',
      given: sketch({ fstab: 'UUID=1-2 / ext4 rw 0 1\n' }),
      yields: [],
    },
    {
      title: 'a volume of LVM by its other name',
      given: sketch({
        fstab: '/dev/data/srv /srv ext4 rw 0 2\n',
        declared: { disks: [{ device: '/dev/mapper/data-srv' }] },
      }),
      yields: [],
    },
    { title: 'an array', given: sketch({ fstab: '/dev/md0 /opt ext4 rw 0 2\n' }), yields: [] },
    {
      title: 'the second disk that the kernel finds',
      given: sketch({ fstab: '/dev/vdb1 /opt ext4 rw 0 2\n' }),
      yields: [fstabSourceUnstable],
    },
    {
      title: 'one digit is wrong',
      given: sketch({ fstab: 'UUID=1-3 / ext4 rw 0 1\n', declared: { disks: [{ uuid: '1-2' }] } }),
      yields: [fstabSourceUnknown],
    },
    {
      title: 'disks by UUID and by label',
      given: sketch({
        fstab: 'UUID=1-2 / ext4 rw 0 1\nLABEL=data /srv xfs rw 0 2\nnas:/x /mnt nfs _netdev 0 0\n',
        declared: { disks: [{ uuid: '1-2' }, { label: 'data' }] },
      }),
      yields: [],
    },
  ],
})
