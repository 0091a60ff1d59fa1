import { mutant } from '../../procedure.ts'

/** What came back is compared, and the answer is not heard. */
export const resticUnchecked = mutant({
  procedure: {
    id: 'restic-unchecked',
    title: 'restic with a list that nothing depends on',
    kind: 'files',
    script: 'restic-checked.sh',
    without: 'what came back is not what was saved',
  },
  drill: 'files-newest-missing',
  rule: 'recovery/outcome-silently-wrong',
})
