import { mutant } from '../../stack/mutant.ts'

export const httpsRedirectLost = mutant({
  id: 'http/https-redirect-lost',
  title: 'Serve plain http again for an old client',
  part: 'balancer',
  file: '/etc/haproxy/haproxy.cfg',
  find: 'http-request return status 301 content-type "text/html; charset=utf-8" string "<!doctype html><title>Moved</title><p>This site speaks https." hdr Location "https://%[req.hdr(host)]%[pathq]" hdr Cache-Control max-age=300',
  replace: 'default_backend nginx',
  kills: 'http/https-redirect-missing',
  in: 'balancer',
  port: 8080,
  path: '/page',
})
