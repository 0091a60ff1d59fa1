import { mutant } from '../../procedure.ts'

/** What a killed restore left is taken for files that were lost. */
export const resticAmongLeftovers = mutant({
  procedure: {
    id: 'restic-among-leftovers',
    title: 'restic that restores beside the place, and never takes away what was left there',
    kind: 'files',
    script: 'restic-checked.sh',
    without: 'rm -rf "$TARGET"/.restoring',
  },
  drill: 'files-restore-interrupted',
  rule: 'recovery/outcome-silently-wrong',
})
