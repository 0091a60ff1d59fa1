import { mutant } from '../../stack/index.ts'

export const apacheCookieNotRead = mutant({
  id: 'loadbalancing/apache-cookie-not-read',
  title: 'The pool has no cookie by which visitors stay',
  part: 'apache',
  file: '/etc/apache2/apache2.conf',
  find: ' stickysession=ROUTEID',
  replace: '',
  kills: 'loadbalancing/sticky-unset',
  path: '/',
})
