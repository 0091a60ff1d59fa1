import { mutant } from '../../stack/mutant.ts'

export const redirectBroken = mutant({
  id: 'http/redirect-broken',
  title: 'Send the old berth to the page under its new name',
  part: 'app',
  file: '/srv/app/server.mjs',
  find: "redirect(302, '/page')",
  replace: "redirect(302, '/quay')",
  kills: 'http/redirect-chain-broken',
  in: 'balancer',
  path: '/app/redirect',
})
