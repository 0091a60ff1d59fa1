import { mutation } from '../mutation.ts'

export const dropInSecondStart = mutation({
  id: 'drop-in-second-start',
  title: 'a drop-in adds a second ExecStart to the web server',
  script: String.raw`mkdir -p /etc/systemd/system/nginx.service.d
printf '[Service]\nExecStart=/usr/sbin/nginx\n' >/etc/systemd/system/nginx.service.d/more.conf`,
  afterBoot: ['boot/service-live-not-loaded'],
  inFiles: ['boot/service-loads-not'],
})
