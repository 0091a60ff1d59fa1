import { mutant } from '../../stack/index.ts'

export const settingOfOldKernels = mutant({
  id: 'loadbalancing/setting-of-old-kernels',
  title: 'A recipe of many years ago is added to the kernel settings',
  part: 'app',
  file: '/etc/sysctl.d/90-balancer.conf',
  find: 'net.ipv4.tcp_tw_reuse = 1',
  replace: 'net.ipv4.tcp_tw_recycle = 1',
  kills: 'loadbalancing/kernel-settings-gone',
  path: '/',
})
