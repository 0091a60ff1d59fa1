import { mutant } from '../../procedure.ts'

/** The new release serves, and nobody is let in. */
export const upgradeBlockedForEver = mutant({
  procedure: {
    id: 'upgrade-blocked-for-ever',
    title: 'upgrade-checked that leaves traffic blocked',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: '# for the new one',
  },
  drill: 'artifact-upgraded',
  rule: 'recovery/service-stays-blocked',
})
