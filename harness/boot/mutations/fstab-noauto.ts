import { mutation } from '../mutation.ts'

export const fstabNoauto = mutation({
  id: 'fstab-noauto',
  title: '/opt has noauto',
  script: "sed -i 's# ext4 defaults # ext4 noauto #' /etc/fstab",
  afterBoot: ['boot/mount-live-absent'],
  inFiles: ['boot/mount-declared-noauto'],
})
