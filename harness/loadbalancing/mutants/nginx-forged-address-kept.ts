import { mutant } from '../../stack/index.ts'

export const nginxForgedAddressKept = mutant({
  id: 'loadbalancing/nginx-forged-address-kept',
  title: 'What clients say of their address is passed on before the true one',
  part: 'nginx',
  file: '/etc/nginx/nginx.conf',
  find: 'proxy_set_header X-Forwarded-For $remote_addr;',
  replace: 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
  kills: 'loadbalancing/client-address-forged-kept',
  path: '/',
})
