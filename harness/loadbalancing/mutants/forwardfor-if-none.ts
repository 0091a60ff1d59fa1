import { mutant } from '../../stack/index.ts'

export const forwardforIfNone = mutant({
  id: 'loadbalancing/forwardfor-if-none',
  title: 'The address is added only where the client gave none',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    http-request del-header X-Forwarded-For\n    option forwardfor\n',
  replace: '    option forwardfor if-none\n',
  kills: 'loadbalancing/client-address-forged-kept',
  path: '/',
})
