import { mutation } from '../mutation.ts'

export const fstabLineCut = mutation({
  id: 'fstab-line-cut',
  title: 'the line of /opt ends after two fields',
  script: "sed -i 's#^/dev/md0 /opt .*#/dev/md0 /opt#' /etc/fstab",
  afterBoot: [],
  inFiles: ['boot/fstab-syntax-wrong'],
})
