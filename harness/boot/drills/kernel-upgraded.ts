import { bootDrill } from '../drill.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

/**
 * A newer kernel comes into /boot and becomes GRUB's first choice. Without an initrd of its own it has no driver for the
 * disk, and nothing but the console tells of that.
 */
export const kernelUpgraded = bootDrill({
  id: 'kernel-upgraded',
  title: 'A newer kernel with its modules is put into /boot, and GRUB offers it first',
  on: 'disk',
  procedures: [
    {
      id: 'kernel-with-initrd',
      title: 'its initrd is built before GRUB is told',
      script: 'kernel-upgraded/with-initrd.sh',
    },
    {
      id: 'kernel-without-initrd',
      title: 'copied by hand and GRUB told: no initrd is there for it',
      script: 'kernel-upgraded/without-initrd.sh',
      finds: ['boot/boot-ended-console'],
    },
  ],
  attempt: rebootAfterScript({
    name: 'upgraded',
    host: 'guest-disk',
    loader: 'disk',
    declared: { services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }], ports: [22, 80] },
  }),
})
