import { mutant } from '../../stack/mutant.ts'

export const dateWrong = mutant({
  id: 'http/date-wrong',
  title: 'Take the date from the build',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "'Content-Length': body.length,",
  replace: "'Content-Length': body.length,\n    Date: new Date(0).toUTCString(),",
  kills: 'http/date-skewed',
  in: 'balancer',
  path: '/app/api',
})
