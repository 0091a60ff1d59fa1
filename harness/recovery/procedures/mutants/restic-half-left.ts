import { mutant } from '../../procedure.ts'

/** A restore that failed leaves files that are not what they seem. */
export const resticHalfLeft = mutant({
  procedure: {
    id: 'restic-half-left',
    title: 'restic that leaves what it had when it failed',
    kind: 'files',
    script: 'restic-checked.sh',
    without: 'EXIT',
  },
  drill: 'files-byte-changed',
  rule: 'recovery/outcome-left-half',
})
