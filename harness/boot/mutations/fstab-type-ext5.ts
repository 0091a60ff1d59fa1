import { mutation } from '../mutation.ts'

export const fstabTypeExt5 = mutation({
  id: 'fstab-type-ext5',
  title: 'a slip in the type of /opt',
  script: "sed -i 's# ext4 defaults # ext5 defaults #' /etc/fstab",
  afterBoot: ['boot/mount-live-absent', 'boot/boot-ended-maintenance'],
  inFiles: ['boot/fstab-type-unknown'],
})
