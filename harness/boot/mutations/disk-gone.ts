import { mutation } from '../mutation.ts'

export const diskGone = mutation({
  id: 'disk-gone',
  title: 'one disk of the mirror is gone',
  script: 'true',
  without: ['two'],
  afterBoot: ['boot/array-live-degraded'],
  inFiles: [],
})
