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
export const mountManual = document('mount(8)', 'https://man7.org/linux/man-pages/man8/mount.8.html')
export const execManual = document(
  'systemd.exec(5)',
  'https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html',
)
export const timerManual = document(
  'systemd.timer(5)',
  'https://www.freedesktop.org/software/systemd/man/latest/systemd.timer.html',
)
export const grubManual = document('GRUB manual', 'https://www.gnu.org/software/grub/manual/grub/grub.html')
export const kernelParameters = document(
  'kernel-command-line(7)',
  'https://www.freedesktop.org/software/systemd/man/latest/kernel-command-line.html',
)
export const modprobeManual = document('modprobe.d(5)', 'https://man7.org/linux/man-pages/man5/modprobe.d.5.html')
export const sshdManual = document('sshd_config(5)', 'https://man.openbsd.org/sshd_config.5')
export const sysctlManual = document(
  'sysctl.d(5)',
  'https://www.freedesktop.org/software/systemd/man/latest/sysctl.d.html',
)
export const hostnameManual = document(
  'hostname(5)',
  'https://www.freedesktop.org/software/systemd/man/latest/hostname.html',
)
export const cronManual = document('cron(8)', 'https://manpages.debian.org/bookworm/cron/cron.8.en.html')
export const interfacesManual = document(
  'interfaces(5)',
  'https://manpages.debian.org/bookworm/ifupdown/interfaces.5.en.html',
)
export const nftManual = document('nft(8)', 'https://manpages.debian.org/bookworm/nftables/nft.8.en.html')
export const swaponManual = document('swapon(8)', 'https://man7.org/linux/man-pages/man8/swapon.8.html')
