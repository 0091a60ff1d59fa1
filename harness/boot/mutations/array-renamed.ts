import { mutation } from '../mutation.ts'

export const arrayRenamed = mutation({
  id: 'array-renamed',
  title: 'no line of mdadm.conf names the array, and the host has another name',
  script: `sed -i /^ARRAY/d /etc/mdadm/mdadm.conf
echo harbour >/etc/hostname`,
  waitsForDevice: true,
  afterBoot: ['boot/array-live-renamed', 'boot/hostname-same-other'],
  inFiles: ['boot/array-line-absent'],
})
