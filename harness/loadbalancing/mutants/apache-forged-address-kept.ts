import { mutant } from '../../stack/index.ts'

export const apacheForgedAddressKept = mutant({
  id: 'loadbalancing/apache-forged-address-kept',
  title: 'What clients say of their address is passed on before the true one',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: '    RequestHeader unset X-Forwarded-For\n',
  replace: '',
  kills: 'loadbalancing/client-address-forged-kept',
  path: '/',
})
