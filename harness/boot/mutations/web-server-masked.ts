import { mutation } from '../mutation.ts'

export const webServerMasked = mutation({
  id: 'web-server-masked',
  title: 'somebody masked the web server',
  script: 'systemctl mask nginx',
  afterBoot: ['boot/service-live-masked'],
  inFiles: ['boot/service-enabled-masked'],
})
