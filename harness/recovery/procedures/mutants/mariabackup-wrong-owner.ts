import { mutant } from '../../procedure.ts'

/** The server cannot read what it got. */
export const mariabackupWrongOwner = mutant({
  procedure: {
    id: 'mariabackup-wrong-owner',
    title: 'mariabackup-checked that leaves the files to root',
    kind: 'mariadb',
    script: 'mariabackup-checked.sh',
    without: 'chown -R',
  },
  drill: 'database-restored',
  rule: 'recovery/trap-database-wrong-owner',
})
