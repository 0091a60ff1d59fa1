import { mutation } from '../mutation.ts'

export const fstabReadOnly = mutation({
  id: 'fstab-read-only',
  title: '/opt is mounted read-only',
  script: "sed -i 's# ext4 defaults # ext4 ro #' /etc/fstab",
  afterBoot: ['boot/mount-live-read-only'],
  inFiles: ['boot/mount-agrees-options'],
})
