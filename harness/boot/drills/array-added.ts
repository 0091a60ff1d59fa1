import { bootDrill } from '../drill.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

const MiB = 2 ** 20

/**
 * The documents' second disks, where the kernel and the initrd are ours: what an initrd of the host's own makes of an array
 * is for the drills that boot from the disk.
 */
export const arrayAdded = bootDrill({
  id: 'array-added',
  title: 'a mirror is made of two more disks, and its lines are appended to mdadm.conf and fstab',
  on: 'machine',
  procedures: [
    {
      id: 'array-assembled',
      title: 'parted, mdadm, mdadm.conf, mkfs, fstab; run twice it changes nothing',
      script: 'array-added/assembled.sh',
    },
    {
      id: 'array-renamed',
      title: 'no line in mdadm.conf, and the host gets another name afterwards',
      script: 'array-added/renamed.sh',
      finds: ['boot/array-live-renamed', 'boot/mount-live-absent', 'boot/boot-ended-maintenance'],
    },
    {
      id: 'array-appended-again',
      title: 'each run appends its line',
      script: 'array-added/appended-again.sh',
      finds: ['boot/procedure-repeat-fstab'],
    },
    {
      id: 'array-first-disk-named',
      title: 'fstab names the first disk in place of the array',
      script: 'array-added/first-disk-named.sh',
      finds: ['boot/mount-live-absent', 'boot/boot-ended-maintenance'],
    },
  ],
  attempt: rebootAfterScript({
    name: 'array',
    host: 'guest',
    disks: { one: 64 * MiB, two: 64 * MiB },
    repeat: true,
    declared: {
      mounts: [{ at: '/opt', source: '/dev/md0', type: 'ext4', options: ['rw'] }],
      arrays: [{ device: '/dev/md0' }],
      services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }],
      ports: [22, 80],
      data: ['/opt/www'],
    },
  }),
})
