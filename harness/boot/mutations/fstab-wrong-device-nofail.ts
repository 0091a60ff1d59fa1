import { mutation } from '../mutation.ts'

export const fstabWrongDeviceNofail = mutation({
  id: 'fstab-wrong-device-nofail',
  title: 'the line of /opt names a disk that is not there, and has nofail',
  script: String.raw`sed -i 's#^/dev/md0 \(.*\) defaults#/dev/md7 \1 defaults,nofail#' /etc/fstab`,
  waitsForDevice: true,
  afterBoot: ['boot/mount-live-absent', 'boot/boot-wait-timed-out'],
  inFiles: ['boot/mount-optional-lets', 'boot/source-form-array'],
})
