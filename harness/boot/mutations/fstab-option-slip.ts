import { mutation } from '../mutation.ts'

export const fstabOptionSlip = mutation({
  id: 'fstab-option-slip',
  title: 'a slip in the options of /opt',
  script: "sed -i 's# ext4 defaults # ext4 defalts #' /etc/fstab",
  afterBoot: ['boot/mount-live-absent', 'boot/boot-ended-maintenance'],
  inFiles: ['boot/mount-option-unknown'],
})
