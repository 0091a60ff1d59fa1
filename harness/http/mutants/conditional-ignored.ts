import { mutant } from '../../stack/mutant.ts'

export const conditionalIgnored = mutant({
  id: 'http/conditional-ignored',
  title: 'Answer in full always, 304 confused the client',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: '  if (isKnown(request, etag)) return sendEmpty(response, 304, fields)\n',
  replace: '',
  kills: 'http/conditional-etag-ignored',
  in: 'balancer',
  path: '/app/api',
})
