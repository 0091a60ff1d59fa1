import { mutant } from '../../stack/index.ts'

export const addressNotAnnounced = mutant({
  id: 'loadbalancing/address-not-announced',
  title: 'The address is taken without telling the neighbours',
  part: 'app',
  file: '/usr/local/sbin/take-address',
  find: 'arping -q -c 1 -U -I "$2" "$1" || true',
  replace: ':',
  kills: 'loadbalancing/takeover-slow',
  path: '/',
})
