import { mutant } from '../../stack/mutant.ts'

export const redirectLoop = mutant({
  id: 'http/redirect-loop',
  title: 'Send the old berth to its new address',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "redirect(302, '/page')",
  replace: "redirect(302, '/app/redirect')",
  kills: 'http/redirect-chain-looped',
  in: 'balancer',
  path: '/app/redirect',
})
