import { mutant } from '../../stack/index.ts'

export const frontendMaxconnBelowIdle = mutant({
  id: 'loadbalancing/frontend-maxconn-below-idle',
  title: 'A frontend takes fewer connections than visitors keep',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    maxconn 1500\n',
  replace: '    maxconn 40\n',
  kills: 'loadbalancing/idle-visitors-lock-out',
  path: '/',
})
