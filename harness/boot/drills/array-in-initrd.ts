import { bootDrill } from '../drill.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

const MiB = 2 ** 20

/**
 * The array of the documents on a machine whose own initrd assembles it: the only place where it shows whether the
 * initrd was told its name.
 */
export const arrayInInitrd = bootDrill({
  id: 'array-in-initrd',
  title: 'A mirror of two disks is made, written into mdadm.conf, and the initrd built anew',
  on: 'disk',
  procedures: [
    {
      id: 'array-named',
      title: 'mdadm.conf names it, and update-initramfs carries that into the initrd',
      script: 'array-in-initrd/named.sh',
    },
    {
      id: 'array-not-named',
      title: 'made, mounted and appended to fstab; mdadm.conf and the initrd stay as they were',
      script: 'array-in-initrd/not-named.sh',
      finds: ['boot/array-live-renamed', 'boot/boot-ended-maintenance'],
    },
  ],
  attempt: rebootAfterScript({
    name: 'mirror',
    host: 'guest-disk',
    loader: 'disk',
    disks: { one: 64 * MiB, two: 64 * MiB },
    declared: {
      mounts: [{ at: '/opt', type: 'ext4', options: ['rw'] }],
      arrays: [{ device: '/dev/md0' }],
      services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }],
      ports: [22, 80],
      data: ['/opt/www'],
    },
  }),
})
