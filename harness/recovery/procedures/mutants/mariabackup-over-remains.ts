import { mutant } from '../../procedure.ts'

/** mariabackup copies into an empty folder only. */
export const mariabackupOverRemains = mutant({
  procedure: {
    id: 'mariabackup-over-remains',
    title: 'mariabackup-checked that copies over what is there',
    kind: 'mariadb',
    script: 'mariabackup-checked.sh',
    without: '-mindepth 1 -delete',
  },
  drill: 'database-restored',
  rule: 'recovery/trap-database-not-empty',
})
