import { mutation } from '../mutation.ts'

export const rootLocked = mutation({
  id: 'root-locked',
  title: 'a disk that is not there, and nobody may get in at the console',
  script: `sed -i 's#^/dev/md0 #/dev/md7 #' /etc/fstab
passwd --lock root`,
  waitsForDevice: true,
  afterBoot: ['boot/console-words-locked', 'boot/boot-ended-maintenance'],
  inFiles: ['boot/emergency-console-locked'],
})
