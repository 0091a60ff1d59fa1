import { mutant } from '../../stack/index.ts'

export const pathAsText = mutant({
  id: 'loadbalancing/path-as-text',
  title: 'The blog is told by a word anywhere in the address',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'path,url_dec -m dir -i blog',
  replace: 'url_sub -i blog',
  kills: 'loadbalancing/switching-astray',
  path: '/',
})
