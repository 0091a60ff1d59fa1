import { mutation } from '../mutation.ts'

export const varEmpty = mutation({
  id: 'var-empty',
  title: 'an empty file system is mounted over /var',
  script: "echo 'tmpfs /var tmpfs defaults 0 0' >>/etc/fstab",
  afterBoot: ['boot/service-live-failed'],
  inFiles: ['boot/mount-covers-state'],
})
