import { mutant } from '../../stack/index.ts'

export const healthCheckOfPort = mutant({
  id: 'loadbalancing/health-check-of-port',
  title: 'The health check asks for nothing but an open port',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: '    option httpchk\n    http-check send meth GET uri /health',
  replace: '    http-check send meth GET uri /health',
  kills: 'loadbalancing/broken-application-visited',
  path: '/',
})
