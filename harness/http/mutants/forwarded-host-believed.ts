import { mutant } from '../../stack/mutant.ts'

export const forwardedHostBelieved = mutant({
  id: 'http/forwarded-host-believed',
  title: 'Write whole addresses into Location, behind any proxy',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: 'Location: location }',
  replace: "Location: `https://${request.headers['x-forwarded-host'] ?? request.headers.host}${location}` }",
  kills: 'http/forwarded-host-believed',
  in: 'balancer',
  path: '/app/redirect',
})
