import { mutant } from '../../stack/index.ts'

export const takeAddressMisspelt = mutant({
  id: 'loadbalancing/take-address-misspelt',
  title: 'The script that takes the address has a slip',
  part: 'app',
  file: '/usr/local/sbin/take-address',
  find: 'ip address add',
  replace: 'ip address ad-d',
  kills: 'loadbalancing/takeover-refused',
  path: '/',
})
