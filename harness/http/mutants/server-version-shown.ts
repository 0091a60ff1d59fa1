import { mutant } from '../../stack/mutant.ts'

export const serverVersionShown = mutant({
  id: 'http/server-version-shown',
  title: 'Full server tokens while we look for the slow node',
  part: 'apache',
  file: '/etc/apache2/sites-enabled/000-default.conf',
  find: 'ServerTokens Prod',
  replace: 'ServerTokens Full',
  kills: 'http/server-versioned',
  in: 'balancer',
  path: '/apache/page.html',
})
