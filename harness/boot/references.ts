import { document } from '../kernel/index.ts'

/** Manuals that the checks stand on. */
export const fstabManual = document('fstab(5)', 'https://man7.org/linux/man-pages/man5/fstab.5.html')
export const mountUnits = document(
  'systemd.mount(5)',
  'https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html',
)
export const unitManual = document(
  'systemd.unit(5)',
  'https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html',
)
export const mdadmConf = document('mdadm.conf(5)', 'https://man7.org/linux/man-pages/man5/mdadm.conf.5.html')
export const crypttabManual = document('crypttab(5)', 'https://man7.org/linux/man-pages/man5/crypttab.5.html')
export const initramfs = document(
  'update-initramfs(8)',
  'https://manpages.debian.org/bookworm/initramfs-tools/update-initramfs.8.en.html',
)
