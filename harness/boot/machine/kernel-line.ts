import type { Declared } from '../declared.ts'

/**
 * What a boot of ours leaves out, because nobody declares it and it costs a third of an emulated boot. A unit that is
 * declared is never left out.
 */
const leftOut = [
  'apt-daily-upgrade.timer',
  'apt-daily.timer',
  'dev-hugepages.mount',
  'dev-mqueue.mount',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'e2scrub_reap.service',
  'fstrim.timer',
  'getty@tty1.service',
  'kmod-static-nodes.service',
  'man-db.timer',
  'modprobe@configfs.service',
  'modprobe@dm_mod.service',
  'modprobe@drm.service',
  'modprobe@efi_pstore.service',
  'modprobe@fuse.service',
  'modprobe@loop.service',
  'serial-getty@ttyS0.service',
  'sys-fs-fuse-connections.mount',
  'sys-kernel-config.mount',
  'sys-kernel-debug.mount',
  'sys-kernel-tracing.mount',
  'systemd-binfmt.service',
  'systemd-machine-id-commit.service',
  'systemd-network-generator.service',
  'systemd-pstore.service',
  'systemd-random-seed.service',
  'systemd-sysusers.service',
  'systemd-tmpfiles-clean.timer',
  'systemd-update-utmp-runlevel.service',
  'systemd-update-utmp.service',
] as const

/** Words of the kernel's line for a quick boot. */
export function quickBoot(declared: Declared): string[] {
  const wanted = new Set([...declared.services.map(({ unit }) => unit), ...declared.timers])
  return leftOut.filter((unit) => !wanted.has(unit)).map((unit) => `systemd.mask=${unit}`)
}
