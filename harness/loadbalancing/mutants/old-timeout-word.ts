import { mutant } from '../../stack/index.ts'

export const oldTimeoutWord = mutant({
  id: 'loadbalancing/old-timeout-word',
  title: 'A line of an old configuration is pasted',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option dontlognull\n',
  replace: '    option dontlognull\n    contimeout 2000\n',
  kills: 'loadbalancing/configuration-accepted-refused',
  path: '/',
})
