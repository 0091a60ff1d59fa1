import { mutation } from '../mutation.ts'

export const swapMissing = mutation({
  id: 'swap-missing',
  title: 'a line for swap on a disk that is not there',
  script: "echo 'UUID=0badc0de-0000-4000-8000-000000000001 none swap sw 0 0' >>/etc/fstab",
  waitsForDevice: true,
  afterBoot: ['boot/boot-wait-timed-out'],
  inFiles: [],
})
