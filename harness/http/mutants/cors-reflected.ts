import { mutant } from '../../stack/mutant.ts'

export const corsReflected = mutant({
  id: 'http/cors-reflected',
  title: 'Allow the partner sites to read the position',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "Vary: 'Accept-Encoding' }",
  replace:
    "Vary: 'Accept-Encoding', 'Access-Control-Allow-Origin': request.headers.origin ?? '*', 'Access-Control-Allow-Credentials': 'true' }",
  kills: 'http/cors-reflection-credentialed',
  in: 'balancer',
  path: '/app/api',
})
