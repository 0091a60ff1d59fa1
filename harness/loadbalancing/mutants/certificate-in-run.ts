import { mutant } from '../../stack/index.ts'

export const certificateInRun = mutant({
  id: 'loadbalancing/certificate-in-run',
  title: 'The certificate is copied to /run by hand',
  part: 'app',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'crt /etc/haproxy/tls/www.example.org.pem',
  replace: 'crt /run/haproxy/www.example.org.pem',
  kills: 'loadbalancing/reboot-silent',
  path: '/',
})
