import { mutation } from '../mutation.ts'

export const targetRescue = mutation({
  id: 'target-rescue',
  title: 'the default target is the one for repairs',
  script: 'systemctl set-default rescue.target',
  afterBoot: ['boot/target-live-other'],
  inFiles: ['boot/default-target-other'],
})
