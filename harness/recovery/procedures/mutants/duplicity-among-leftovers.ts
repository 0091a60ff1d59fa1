import { mutant } from '../../procedure.ts'

/** What a killed restore left is taken for files that were lost. */
export const duplicityAmongLeftovers = mutant({
  procedure: {
    id: 'duplicity-among-leftovers',
    title: 'duplicity that restores beside the place, and never takes away what was left there',
    kind: 'files',
    script: 'duplicity-checked.sh',
    without: 'rm -rf "$TARGET"/.restoring',
    forgets: ['hard links', 'link time', 'access list', 'extended attributes'],
  },
  drill: 'files-restore-interrupted',
  rule: 'recovery/outcome-silently-wrong',
})
