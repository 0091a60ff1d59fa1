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
