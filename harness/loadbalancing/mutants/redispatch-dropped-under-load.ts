import { mutant } from '../../stack/index.ts'

export const redispatchDroppedUnderLoad = mutant({
  id: 'loadbalancing/redispatch-dropped-under-load',
  title: 'What fails is asked again of the server that is gone',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option redispatch\n',
  replace: '',
  kills: 'loadbalancing/dead-server-noticed',
  path: '/',
})
