import { mutant } from '../../stack/index.ts'

export const hashInconsistent = mutant({
  id: 'loadbalancing/hash-inconsistent',
  title: 'The hash is dealt anew over the servers that are left',
  part: 'hashed',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    hash-type consistent\n',
  replace: '',
  kills: 'loadbalancing/hash-stable-moved',
  path: '/tiles/',
})
