import { mutant } from '../../procedure.ts'

/** Killed just before it let traffic in, and run again, it has nothing to do. */
export const upgradeBlockedWhenRunAgain = mutant({
  procedure: {
    id: 'upgrade-blocked-when-run-again',
    title: 'upgrade-checked that leaves traffic blocked when all is done',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: '# for what is there',
  },
  drill: 'artifact-interrupted',
  rule: 'recovery/change-not-resumed',
})
