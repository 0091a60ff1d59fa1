import { mutant } from '../../stack/index.ts'

export const retriesNone = mutant({
  id: 'loadbalancing/retries-none',
  title: 'What fails is not asked again',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    retries 3\n',
  replace: '    retries 0\n',
  kills: 'loadbalancing/dead-server-noticed',
  path: '/',
})
