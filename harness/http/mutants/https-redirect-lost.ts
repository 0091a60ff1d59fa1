import { mutant } from '../../stack/mutant.ts'

export const httpsRedirectLost = mutant({
  id: 'http/https-redirect-lost',
  title: 'Serve plain http again for an old client',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: "# Answers of this door are all HAProxy's own.\nfrontend plain from pages\n  bind abns@plain accept-proxy\n",
  replace:
    'frontend plain from pages\n  bind abns@plain accept-proxy\n  http-request return status 200 content-type text/plain string "As in the old days."\n',
  kills: 'http/https-offered-unused',
  in: 'balancer',
  port: 8080,
  path: '/page',
})
