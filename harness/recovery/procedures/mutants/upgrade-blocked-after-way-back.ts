import { mutant } from '../../procedure.ts'

/** The old release serves, and nobody is let in. */
export const upgradeBlockedAfterWayBack = mutant({
  procedure: {
    id: 'upgrade-blocked-after-way-back',
    title: 'upgrade-checked that leaves traffic blocked after the way back',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: '# for the old one',
  },
  drill: 'artifact-broken',
  rule: 'recovery/change-not-undone',
})
