import { mutant } from '../../stack/index.ts'

export const statsAuthDropped = mutant({
  id: 'loadbalancing/stats-auth-dropped',
  title: 'The statistics ask for no password',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    stats auth operator:a-password-of-the-fixture\n',
  replace: '',
  kills: 'loadbalancing/statistics-public-shown',
  path: '/',
})
