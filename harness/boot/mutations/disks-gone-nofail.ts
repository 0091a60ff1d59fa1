import { mutation } from '../mutation.ts'

export const disksGoneNofail = mutation({
  id: 'disks-gone-nofail',
  title: 'both disks of the array are gone, and /opt has nofail',
  script: "sed -i 's# ext4 defaults # ext4 defaults,nofail #' /etc/fstab",
  without: ['one', 'two'],
  waitsForDevice: true,
  afterBoot: ['boot/mount-live-absent', 'boot/array-live-absent'],
  inFiles: ['boot/mount-optional-lets'],
})
