import { mutant } from '../../stack/mutant.ts'

export const contentLengthWrong = mutant({
  id: 'http/content-length-wrong',
  title: 'Count the line end that the old framework added',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "'Content-Length': body.length,",
  replace: "'Content-Length': body.length + 7,\n    Connection: 'close',",
  kills: 'http/content-length-incorrect',
  in: 'balancer',
  path: '/app/api',
})
