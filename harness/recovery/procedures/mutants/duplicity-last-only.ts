import { mutant } from '../../procedure.ts'

/** Files of a backup that was killed hide those of the backup before it, which was complete. */
export const duplicityLastOnly = mutant({
  procedure: {
    id: 'duplicity-last-only',
    title: 'duplicity that looks at nothing but the last backup, complete or not',
    kind: 'files',
    script: 'duplicity-checked.sh',
    without: '|| bring files',
    forgets: ['hard links', 'link time', 'access list', 'extended attributes'],
  },
  drill: 'files-backup-killed-late',
  rule: 'recovery/outcome-not-recovered',
})
