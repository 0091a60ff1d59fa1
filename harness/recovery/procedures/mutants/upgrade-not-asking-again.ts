import { mutant } from '../../procedure.ts'

/** The old release is in its place, and no server runs it. */
export const upgradeNotAskingAgain = mutant({
  procedure: {
    id: 'upgrade-not-asking-again',
    title: 'upgrade-checked that lets traffic in after the way back without a restart',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'restart # with the old one',
  },
  drill: 'artifact-not-starting',
  rule: 'recovery/change-not-undone',
})
