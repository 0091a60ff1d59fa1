import { mutant } from '../../stack/index.ts'

export const optionPassedOver = mutant({
  id: 'loadbalancing/option-passed-over',
  title: 'The front end becomes a TCP one, with options of HTTP',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    maxconn 1500\n',
  replace: '    maxconn 1500\n    mode tcp\n',
  kills: 'loadbalancing/configuration-accepted-warned',
  path: '/',
})
