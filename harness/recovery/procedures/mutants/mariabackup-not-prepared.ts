import { mutant } from '../../procedure.ts'

/** It has its own count of what was completed, and makes no backup. */
export const mariabackupNotPrepared = mutant({
  procedure: {
    id: 'mariabackup-not-prepared',
    title: 'mariabackup-checked that prepares nothing',
    kind: 'mariadb',
    script: 'mariabackup-checked.sh',
    without: 'mariabackup --prepare',
  },
  drill: 'database-restored',
  rule: 'recovery/outcome-not-recovered',
})
