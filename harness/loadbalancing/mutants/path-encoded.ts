import { mutant } from '../../stack/index.ts'

export const pathEncoded = mutant({
  id: 'loadbalancing/path-encoded',
  title: 'The path is compared as it was encoded',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'path,url_dec -m dir',
  replace: 'path -m dir',
  kills: 'loadbalancing/switching-astray',
  path: '/',
})
