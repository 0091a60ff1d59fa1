import { mutation } from '../mutation.ts'

export const disksGone = mutation({
  id: 'disks-gone',
  title: 'both disks of the array are gone',
  script: 'true',
  without: ['one', 'two'],
  waitsForDevice: true,
  afterBoot: ['boot/mount-live-absent', 'boot/array-live-absent', 'boot/boot-ended-maintenance'],
  inFiles: [],
})
