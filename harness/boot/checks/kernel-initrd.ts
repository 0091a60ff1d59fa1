import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import type { BootEntry } from '../host/kernels.ts'
import { initramfs } from '../references.ts'
import { initrd, sketch } from '../testing/observed.ts'

export const kernelInitrdAbsent = rule({
  id: 'boot/kernel-initrd-absent',
  level: 'error',
  reference: initramfs,
  says: ({ version }: { version: string }) => `The newest kernel is ${version}, and there is no initrd of it in /boot.`,
  wants: 'Each kernel that may be booted has an initrd.',
  remedy: 'update-initramfs -c -k VERSION, then update-grub.',
})

export const kernelInitrdUnreadable = rule({
  id: 'boot/kernel-initrd-unreadable',
  level: 'error',
  reference: initramfs,
  says: ({ path, why }: { path: string; why: string }) => `${path} is no initrd that a kernel could unpack: ${why}.`,
  wants: 'An initrd that is whole.',
  remedy: 'Write it anew; the disk may have been full.',
})

export const kernelInitrdStaleMenu = rule({
  id: 'boot/kernel-initrd-stale-menu',
  level: 'error',
  reference: initramfs,
  says: ({ version, offers }: { version: string; offers: string }) =>
    `The newest kernel is ${version}, and the boot menu offers ${offers} first.`,
  wants: 'The first entry of the boot menu is the newest kernel with its own initrd.',
  remedy: 'update-grub.',
})

/** The newest kernel, its initrd, and what the boot menu offers first. */
export const kernelInitrd = staticCheck({
  id: 'boot/kernel-initrd',
  rules: [kernelInitrdAbsent, kernelInitrdUnreadable, kernelInitrdStaleMenu],
  *run({ files: { boot } }) {
    const [version] = boot.kernels
    if (version === undefined) return
    if (!boot.initrds.some((each) => each.version === version)) yield kernelInitrdAbsent.at('/boot', { version })
    for (const { path, read } of boot.initrds) {
      if ('unreadable' in read) yield kernelInitrdUnreadable.at(path, { path, why: read.unreadable })
    }
    const first = boot.entries?.[0]
    if (first === undefined) return
    const own = first.linux.endsWith(`/vmlinuz-${version}`) && first.initrd?.endsWith(`/initrd.img-${version}`) === true
    const offers = [first.linux, first.initrd ?? 'no initrd']
      .map((path) => path.slice(path.lastIndexOf('/') + 1))
      .join(' with ')
    if (!own) yield kernelInitrdStaleMenu.at(`/boot/grub/grub.cfg:${first.line}`, { version, offers })
  },
  examples: [
    { title: 'a container, which has no kernel', given: sketch(), yields: [] },
    {
      title: 'the newest first, with its own initrd',
      given: sketch({
        boot: { kernels: ['6.1.0-10', '6.1.0-9'], initrds: [initrd('6.1.0-10')], entries: [entry('6.1.0-10')] },
      }),
      yields: [],
    },
    {
      title: 'no initrd of the newest',
      given: sketch({ boot: { kernels: ['6.1.0-10'], initrds: [initrd('6.1.0-9')] } }),
      yields: [kernelInitrdAbsent],
    },
    {
      title: 'an initrd that was cut off',
      given: sketch({
        boot: {
          kernels: ['6.1.0-10'],
          initrds: [{ ...initrd('6.1.0-10'), read: { unreadable: 'its zstd cannot be unpacked' } }],
        },
      }),
      yields: [kernelInitrdUnreadable],
    },
    {
      title: 'update-grub was forgotten',
      given: sketch({ boot: { kernels: ['6.1.0-10'], initrds: [initrd('6.1.0-10')], entries: [entry('6.1.0-9')] } }),
      yields: [kernelInitrdStaleMenu],
    },
  ],
})

function entry(version: string): BootEntry {
  return {
    title: 'Debian',
    linux: `/boot/vmlinuz-${version}`,
    initrd: `/boot/initrd.img-${version}`,
    arguments: [],
    line: 9,
  }
}
