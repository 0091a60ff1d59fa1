import { mutation } from '../mutation.ts'

export const fstabWrongDevice = mutation({
  id: 'fstab-wrong-device',
  title: 'the line of /opt names a disk that is not there',
  script: "sed -i 's#^/dev/md0 #/dev/md7 #' /etc/fstab",
  waitsForDevice: true,
  afterBoot: ['boot/mount-live-absent', 'boot/boot-ended-maintenance'],
  inFiles: ['boot/source-form-array'],
})
