import { mutant } from '../../procedure.ts'

/** The restart went well, and every question is answered with 500. */
export const upgradeWithoutAsking = mutant({
  procedure: {
    id: 'upgrade-without-asking',
    title: 'upgrade-checked that does not ask the server',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: '# or it is rolled back',
  },
  drill: 'artifact-broken',
  rule: 'recovery/outcome-silently-wrong',
})
