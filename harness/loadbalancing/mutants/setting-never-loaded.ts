import { mutant } from '../../stack/index.ts'

export const settingNeverLoaded = mutant({
  id: 'loadbalancing/setting-never-loaded',
  title: 'The file of kernel settings is changed, and never loaded',
  part: 'app',
  file: '/etc/sysctl.d/90-balancer.conf',
  find: 'net.ipv4.tcp_fin_timeout = 20',
  replace: 'net.ipv4.tcp_fin_timeout = 15',
  kills: 'loadbalancing/kernel-settings-differs',
  path: '/',
})
