import { mutant } from '../../stack/index.ts'

export const retryOnConnectingOnly = mutant({
  id: 'loadbalancing/retry-on-connecting-only',
  title: 'What breaks in the middle is not asked again',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    retry-on conn-failure empty-response\n',
  replace: '',
  kills: 'loadbalancing/dead-server-noticed',
  path: '/',
})
