import { mutant } from '../../stack/mutant.ts'

export const stackTraceShown = mutant({
  id: 'http/stack-trace-shown',
  title: 'Tell the front end why an address was not found',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "'There is nothing at this address.'",
  replace: "new Error('no route').stack",
  kills: 'http/error-page-stack-trace',
  in: 'balancer',
  path: '/app/api',
})
