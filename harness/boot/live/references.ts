import { document } from '../../kernel/index.ts'

const systemdPages = 'https://www.freedesktop.org/software/systemd/man/latest'

/** Manuals that the live checks stand on. */
export const bootup = document('bootup(7)', `${systemdPages}/bootup.html`)
export const systemctl = document('systemctl(1)', `${systemdPages}/systemctl.html`)
export const serviceManual = document('systemd.service(5)', `${systemdPages}/systemd.service.html`)
export const timerManual = document('systemd.timer(5)', `${systemdPages}/systemd.timer.html`)
export const sysctlFiles = document('sysctl.d(5)', `${systemdPages}/sysctl.d.html`)
export const hostnameManual = document('hostname(5)', `${systemdPages}/hostname.html`)
export const temporaryFiles = document('tmpfiles.d(5)', `${systemdPages}/tmpfiles.d.html`)
export const mdManual = document('md(4)', 'https://man7.org/linux/man-pages/man4/md.4.html')
export const swapManual = document('swapon(8)', 'https://man7.org/linux/man-pages/man8/swapon.8.html')
export const mountManual = document('mount(8)', 'https://man7.org/linux/man-pages/man8/mount.8.html')
export const firewallManual = document('nft(8)', 'https://man.archlinux.org/man/nft.8')
export const packagesManual = document(
  'dpkg-query(1)',
  'https://manpages.debian.org/bookworm/dpkg/dpkg-query.1.en.html',
)
