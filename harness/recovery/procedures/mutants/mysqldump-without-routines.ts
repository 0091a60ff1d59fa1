import { mutant } from '../../procedure.ts'

/** Routines are only dumped when asked for, and nobody can be given the right to call what is not there. */
export const mysqldumpWithoutRoutines = mutant({
  procedure: {
    id: 'mysqldump-without-routines',
    title: 'mysqldump-checked that leaves routines out',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: '--routines',
  },
  drill: 'database-restored',
  rule: 'recovery/outcome-not-recovered',
})
