import { mutant } from '../../procedure.ts'

/** A restore that failed leaves files that are not what they seem. */
export const duplicityHalfLeft = mutant({
  procedure: {
    id: 'duplicity-half-left',
    title: 'duplicity that leaves what it had when it failed',
    kind: 'files',
    script: 'duplicity-checked.sh',
    without: 'EXIT',
    forgets: ['hard links', 'link time', 'access list', 'extended attributes'],
  },
  drill: 'files-byte-changed',
  rule: 'recovery/outcome-left-half',
})
