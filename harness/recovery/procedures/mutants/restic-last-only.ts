import { mutant } from '../../procedure.ts'

/** Files of a backup that was killed hide those of the backup before it, which was complete. */
export const resticLastOnly = mutant({
  procedure: {
    id: 'restic-last-only',
    title: 'restic that looks at nothing but the last backup, complete or not',
    kind: 'files',
    script: 'restic-checked.sh',
    without: '|| bring files',
  },
  drill: 'files-backup-killed-late',
  rule: 'recovery/outcome-not-recovered',
})
