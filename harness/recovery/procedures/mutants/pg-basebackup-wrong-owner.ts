import { mutant } from '../../procedure.ts'

/** The server cannot read what it got. */
export const pgBasebackupWrongOwner = mutant({
  procedure: {
    id: 'pg-basebackup-wrong-owner',
    title: 'pg-basebackup-pitr that leaves the files to root',
    kind: 'postgres',
    script: 'pg-basebackup-pitr.sh',
    without: 'chown -R',
  },
  drill: 'database-restored',
  rule: 'recovery/trap-database-wrong-owner',
})
