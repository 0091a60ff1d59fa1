import { mutation } from '../mutation.ts'

export const sshDisabled = mutation({
  id: 'ssh-disabled',
  title: 'ssh is not enabled',
  script: 'systemctl disable ssh',
  afterBoot: ['boot/service-live-disabled', 'boot/port-live-silent'],
  inFiles: ['boot/service-enabled-not'],
})
