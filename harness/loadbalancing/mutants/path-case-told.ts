import { mutant } from '../../stack/index.ts'

export const pathCaseTold = mutant({
  id: 'loadbalancing/path-case-told',
  title: 'The case of the path counts',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '-m dir -i blog',
  replace: '-m dir blog',
  kills: 'loadbalancing/switching-astray',
  path: '/',
})
