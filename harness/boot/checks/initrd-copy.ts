import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import type { ArrayLine } from '../host/mdadm.ts'
import { arraysIn } from '../host/mdadm.ts'
import { initramfs } from '../references.ts'
import { initrd, sketch } from '../testing/observed.ts'

export const initrdCopyDiffers = rule({
  id: 'boot/initrd-copy-differs',
  level: 'error',
  reference: initramfs,
  says: ({ initrd: path, what }: { initrd: string; what: string }) =>
    `${path} carries another ${what} than the disk has.`,
  wants: 'What an initrd carries is what the disk has.',
  remedy: 'update-initramfs -u -k all after each change of it.',
})

export const initrdCopyOlder = rule({
  id: 'boot/initrd-copy-older',
  level: 'warning',
  reference: initramfs,
  says: ({ initrd: path, what }: { initrd: string; what: string }) => `${path} was written before ${what} was changed.`,
  wants: 'An initrd is newer than what it carries copies of.',
  remedy: 'update-initramfs -u -k all.',
})

/** An initrd carries copies of files: what was changed since is not there while the root is looked for. */
export const initrdCopy = staticCheck({
  id: 'boot/initrd-copy',
  rules: [initrdCopyDiffers, initrdCopyOlder],
  *run({ files: { boot, mdadm, embedded } }) {
    for (const { path, modifiedAt, read } of boot.initrds) {
      const inside = 'content' in read ? read.content.texts.get('etc/mdadm/mdadm.conf') : undefined
      if (inside !== undefined && mdadm !== undefined) {
        const key = (arrays: readonly ArrayLine[]): string =>
          arrays
            .map(({ device, uuid }) => `${device} ${uuid ?? ''}`)
            .toSorted()
            .join('\n')
        if (key(arraysIn(inside)) !== key(mdadm.arrays))
          yield initrdCopyDiffers.at(path, { initrd: path, what: mdadm.path })
      }
      for (const [what, changedAt] of embedded) {
        // Whole seconds: archives keep no more.
        if (Math.floor(changedAt / 1_000) > Math.floor(modifiedAt / 1_000)) {
          yield initrdCopyOlder.at(path, { initrd: path, what })
        }
      }
    }
  },
  examples: [
    {
      title: 'the same lines',
      given: sketch({
        mdadm: 'ARRAY /dev/md0 UUID=aa\n',
        boot: { initrds: [initrd('6.1', { 'etc/mdadm/mdadm.conf': 'ARRAY /dev/md0 metadata=1.2 UUID=aa\n' })] },
      }),
      yields: [],
    },
    {
      title: 'update-initramfs was forgotten',
      given: sketch({
        mdadm: 'ARRAY /dev/md0 UUID=aa\n',
        boot: { initrds: [initrd('6.1', { 'etc/mdadm/mdadm.conf': '# none\n' })] },
      }),
      yields: [initrdCopyDiffers],
    },
    {
      title: 'crypttab was changed afterwards',
      given: sketch({ boot: { initrds: [initrd('6.1', {}, 5_000)] }, embedded: { '/etc/crypttab': 9_000 } }),
      yields: [initrdCopyOlder],
    },
  ],
})
