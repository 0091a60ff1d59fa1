import { mutant } from '../../procedure.ts'

/** The restore asks for an absent file again and again, and nobody knows why it takes so long. */
export const resticAskingAgain = mutant({
  procedure: {
    id: 'restic-asking-again',
    title: 'restic that does not look whether the repository is whole',
    kind: 'files',
    script: 'restic-checked.sh',
    without: 'check -q --no-lock',
  },
  drill: 'files-volume-missing',
  rule: 'recovery/outcome-hung',
})
