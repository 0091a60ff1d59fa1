import { mutation } from '../mutation.ts'

export const webServerDisabled = mutation({
  id: 'web-server-disabled',
  title: 'the web server is started by hand, and not enabled',
  script: 'systemctl disable nginx',
  afterBoot: ['boot/service-live-disabled'],
  inFiles: ['boot/service-enabled-not'],
})
