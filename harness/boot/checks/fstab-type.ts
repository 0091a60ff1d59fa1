import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabTypeUnknown = rule({
  id: 'boot/fstab-type-unknown',
  level: 'error',
  reference: fstabManual,
  says: ({ line, type }: { line: number; type: string }) =>
    `Line ${line} of /etc/fstab has the type ${type}, which no kernel knows.`,
  wants: 'The name of a file system.',
  remedy:
    'Compare it with `blkid` and /proc/filesystems: a type that is misspelt ends the boot in emergency mode at once.',
})

export const fstabTypeOther = rule({
  id: 'boot/fstab-type-other',
  level: 'error',
  reference: fstabManual,
  says: ({ line, type, found }: { line: number; type: string; found: string }) =>
    `Line ${line} of /etc/fstab has the type ${type}, and on that disk is ${found}.`,
  wants: 'The type that is on the disk.',
  remedy: 'Correct the line, or mkfs was forgotten.',
})

/** File systems that Linux has had in its kernel or by FUSE; a list, because a tree of files does not tell its kernel. */
const known = new Set(
  [
    'adfs affs afs auto autofs bcachefs bfs befs binfmt_misc bpf btrfs ceph cgroup cgroup2 cifs coda configfs cramfs',
    'debugfs devpts devtmpfs ecryptfs efivarfs efs erofs exfat ext2 ext3 ext4 f2fs fuse fuseblk fusectl gfs2 glusterfs',
    'hfs hfsplus hpfs hugetlbfs iso9660 jffs2 jfs lustre minix mqueue msdos nfs nfs4 nilfs2 none nsfs ntfs ntfs3 ocfs2',
    'omfs orangefs overlay proc pstore qnx4 qnx6 ramfs reiserfs romfs rpc_pipefs securityfs smb3 smbfs squashfs swap',
    'sysfs sysv tmpfs tracefs ubifs udf ufs vboxsf vfat virtiofs xfs zfs zonefs 9p',
  ].flatMap((names) => names.split(' ')),
)

/** The type of a line: what is on the disk, and what a kernel knows. */
export const fstabType = staticCheck({
  id: 'boot/fstab-type',
  rules: [fstabTypeUnknown, fstabTypeOther],
  *run({ files, declared: { disks = [] } }) {
    for (const { line, type, source } of files.fstab?.lines ?? []) {
      const [base = ''] = type.split('.')
      for (const one of base.split(',')) {
        if (!known.has(one)) yield fstabTypeUnknown.at(`/etc/fstab:${line}`, { line, type: one })
      }
      const disk = disks.find(
        (each) =>
          (source.tag === 'UUID' && each.uuid === source.value) ||
          (source.tag === 'LABEL' && each.label === source.value) ||
          (source.kind === 'device' && each.device === source.value),
      )
      const found = disk?.type
      if (found !== undefined && known.has(base) && !['auto', 'none', found].includes(base)) {
        yield fstabTypeOther.at(`/etc/fstab:${line}`, { line, type, found })
      }
    }
  },
  examples: [
    {
      title: 'ext4, and fuse with its helper',
      given: sketch({ fstab: 'UUID=1 / ext4 rw 0 1\nx /y fuse.sshfs rw 0 0\n' }),
      yields: [],
    },
    { title: 'misspelt', given: sketch({ fstab: 'UUID=1 / ext5 rw 0 1\n' }), yields: [fstabTypeUnknown] },
    {
      title: 'something else is on the disk',
      given: sketch({ fstab: 'UUID=1 / ext4 rw 0 1\n', declared: { disks: [{ uuid: '1', type: 'xfs' }] } }),
      yields: [fstabTypeOther],
    },
  ],
})
