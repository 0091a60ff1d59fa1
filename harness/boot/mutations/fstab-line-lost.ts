import { mutation } from '../mutation.ts'

export const fstabLineLost = mutation({
  id: 'fstab-line-lost',
  title: 'the line of /opt is lost from fstab',
  script: String.raw`sed -i '\#/opt#d' /etc/fstab`,
  afterBoot: ['boot/mount-live-absent', 'boot/data-same-gone'],
  inFiles: ['boot/mount-declared-absent'],
})
