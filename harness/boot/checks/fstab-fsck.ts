import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fstabManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabFsckOrder = rule({
  id: 'boot/fstab-fsck-order',
  level: 'warning',
  reference: fstabManual,
  says: ({ line, target, pass, wanted }: { line: number; target: string; pass: number; wanted: string }) =>
    `Line ${line} of /etc/fstab has ${pass} as its sixth field for ${target}, where ${wanted} belongs.`,
  wants: 'The root has 1, other disks have 2 or 0, and swap, the network and what lives in memory have 0.',
  remedy: 'Correct the sixth field.',
})

/** What has no fsck. */
const never = /^(?:swap|tmpfs|proc|sysfs|devpts|nfs4?|cifs|smb3|none|bind|overlay|9p|virtiofs|fuse.*)$/

/** The sixth field: the root is checked first, then the other disks, and never what fsck cannot check. */
export const fstabFsck = staticCheck({
  id: 'boot/fstab-fsck',
  rules: [fstabFsckOrder],
  *run({ files }) {
    for (const { line, target, type, pass, source } of files.fstab?.lines ?? []) {
      const wanted =
        never.test(type) || source.kind === 'network'
          ? pass === 0
            ? undefined
            : '0'
          : target === '/'
            ? // xfs and btrfs check themselves when they are mounted.
              pass === 1 || /^(?:xfs|btrfs)$/.test(type)
              ? undefined
              : '1'
            : pass === 1
              ? '2'
              : undefined
      if (wanted !== undefined) yield fstabFsckOrder.at(`/etc/fstab:${line}`, { line, target, pass, wanted })
    }
  },
  examples: [
    {
      title: 'the root first, then the others',
      given: sketch({ fstab: 'UUID=1 / ext4 rw 0 1\nUUID=2 /x ext4 rw 0 2\nUUID=3 none swap sw 0 0\n' }),
      yields: [],
    },
    { title: 'a file system that checks itself', given: sketch({ fstab: 'UUID=1 / xfs rw 0 0\n' }), yields: [] },
    {
      title: 'a data disk beside the root',
      given: sketch({ fstab: 'UUID=2 /x ext4 rw 0 1\n' }),
      yields: [fstabFsckOrder],
    },
    {
      title: 'a root that nobody checks',
      given: sketch({ fstab: 'UUID=1 / ext4 rw 0 0\n' }),
      yields: [fstabFsckOrder],
    },
    { title: 'swap', given: sketch({ fstab: 'UUID=3 none swap sw 0 2\n' }), yields: [fstabFsckOrder] },
  ],
})
