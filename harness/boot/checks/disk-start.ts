import { rule } from '../../kernel/index.ts'
import type { DiskFacts, DiskPart } from '../root/root.ts'
import { staticCheck } from '../boot-check.ts'
import { grubManual, fstabManual } from '../references.ts'
import { biosBoot, efiSystem } from '../root/disk/partitions.ts'
import { sketch } from '../testing/observed.ts'

export const diskStartNothing = rule({
  id: 'boot/disk-start-nothing',
  level: 'error',
  reference: grubManual,
  says: ({ what }: { what: string }) => `Nothing on this disk starts it: ${what}.`,
  wants: 'A boot loader on each disk that a host may have to boot from, of a mirror on both.',
  remedy: 'grub-install of this disk: it was done for the other one alone.',
})

export const diskStartTable = rule({
  id: 'boot/disk-start-table',
  level: 'error',
  reference: grubManual,
  says: ({ what }: { what: string }) => `The partition table cannot be right: ${what}.`,
  wants: 'Partitions inside of the disk.',
  remedy: 'Copy the image again, or write the table anew from a backup: sgdisk --verify IMAGE.',
})

export const diskStartRoot = rule({
  id: 'boot/disk-start-root',
  level: 'error',
  reference: fstabManual,
  says: ({ where, named, found }: { where: string; named: string; found: string }) =>
    `${where} names ${named} as the root, and the root of this disk has ${found}.`,
  wants: 'fstab and the boot menu name the root as it is.',
  remedy: 'Correct it from `blkid`: the disk may be a copy of another one.',
})

export const diskStartElsewhere = rule({
  id: 'boot/disk-start-elsewhere',
  level: 'warning',
  reference: fstabManual,
  says: ({ line, spec }: { line: number; spec: string }) =>
    `Line ${line} of /etc/fstab names ${spec}, which is not on this disk: the host needs another one to boot.`,
  wants: 'What a boot waits for is on the disk, or is declared to be on another one.',
  remedy: 'Declare the disks of the host, or compare the line with `blkid`.',
})

/** The disk below the files: what starts it, and whether its root is the one that is meant. */
export const diskStart = staticCheck({
  id: 'boot/disk-start',
  rules: [diskStartNothing, diskStartTable, diskStartRoot, diskStartElsewhere],
  *run({ declared, files: { disk, fstab, boot } }) {
    if (disk === undefined) return
    for (const what of disk.problems) yield diskStartTable.at('disk', { what })
    const nothing = boot.kernels.length === 0 ? undefined : unstarted(disk)
    if (nothing !== undefined) yield diskStartNothing.at('disk', { what: nothing })
    const root = disk.parts.find((each) => each.root)
    const line = fstab?.lines.find(({ target }) => target === '/')
    const told = boot.entries?.[0]?.arguments.find((each) => each.startsWith('root='))?.slice('root='.length)
    for (const [where, named] of [
      [`/etc/fstab:${line?.line}`, line?.spec],
      [`/boot/grub/grub.cfg:${boot.entries?.[0]?.line}`, told],
    ] as const) {
      const found = root === undefined || named === undefined ? undefined : differing(named, root)
      if (found !== undefined && named !== undefined) yield diskStartRoot.at(where, { where, named, found })
    }
    if (declared.disks !== undefined) return
    for (const { line: number, spec, target, options } of fstab?.lines ?? []) {
      const optional = options.some(({ name }) => name === 'nofail' || name === 'noauto')
      const there = disk.parts.some((part) => differing(spec, part) === undefined)
      if (target !== '/' && !optional && /^(?:UUID|LABEL|PARTUUID|PARTLABEL)=/.test(spec) && !there) {
        yield diskStartElsewhere.at(`/etc/fstab:${number}`, { line: number, spec })
      }
    }
  },
  examples: [
    { title: 'no disk', given: sketch({ fstab: 'LABEL=a / ext4 rw 0 1\n' }), yields: [] },
    { title: 'a disk with its boot loader', given: on({}), yields: [] },
    { title: 'the other half of a mirror', given: on({ bootCode: false }), yields: [diskStartNothing] },
    { title: 'a GPT disk for a BIOS, and no room for GRUB', given: on({ table: 'gpt' }), yields: [diskStartNothing] },
    {
      title: 'a partition past the end',
      given: on({ problems: ['partition 2 ends at byte 9, and the disk at 8'] }),
      yields: [diskStartTable],
    },
    { title: 'another root', given: on({}, 'LABEL=b / ext4 rw 0 1\n'), yields: [diskStartRoot] },
    {
      title: 'a volume on another disk',
      given: on({}, 'LABEL=a / ext4 rw 0 1\nLABEL=c /c ext4 rw 0 2\n'),
      yields: [diskStartElsewhere],
    },
  ],
})

/** Why neither a BIOS nor UEFI finds a program; undefined when one of them may. */
function unstarted({ table, bootCode, parts }: DiskFacts): string | undefined {
  if (table === 'none' || parts.some(({ partitionType }) => partitionType === efiSystem || partitionType === 'ef'))
    return undefined
  if (!bootCode) return 'its first sector holds no program, and it has no EFI partition'
  const room = parts.some(({ partitionType }) => partitionType === biosBoot)
  return table === 'gpt' && !room ? 'it has neither an EFI partition nor one for GRUB (BIOS boot)' : undefined
}

/** What a partition has in place of a name; undefined when the name is its own, or of a kind that tells nothing. */
function differing(spec: string, part: DiskPart): string | undefined {
  const [, tag = '', value = ''] = /^(UUID|LABEL|PARTUUID|PARTLABEL)="?([^"]*)"?$/.exec(spec) ?? []
  const own = { UUID: part.uuid, LABEL: part.label, PARTUUID: part.partuuid, PARTLABEL: part.partlabel }[tag]
  // The half of a mirror has a name of its own, and the file system inside another.
  if (tag === '' || (part.root && part.type === 'linux_raid_member')) return undefined
  return own?.toLowerCase() === value.toLowerCase() ? undefined : `${tag}=${own ?? ''}`
}

function on(disk: Partial<DiskFacts>, fstab = 'LABEL=a / ext4 rw 0 1\n') {
  const parts = [{ number: 1, partitionType: '83', type: 'ext4', label: 'a', root: true }]
  return sketch({
    fstab,
    boot: { kernels: ['6.1'] },
    disk: { table: 'mbr', bootCode: true, problems: [], parts, ...disk },
  })
}
