import { mutant } from '../../stack/index.ts'

export const forgedAddressKept = mutant({
  id: 'loadbalancing/forged-address-kept',
  title: 'What clients say of their address is no longer removed',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    http-request del-header X-Forwarded-For\n',
  replace: '',
  kills: 'loadbalancing/client-address-forged-kept',
  path: '/',
})
