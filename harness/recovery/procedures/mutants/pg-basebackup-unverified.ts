import { mutant } from '../../procedure.ts'

/** Without data checksums the server reads a changed byte like any other. */
export const pgBasebackupUnverified = mutant({
  procedure: {
    id: 'pg-basebackup-unverified',
    title: 'pg-basebackup-pitr that verifies nothing',
    kind: 'postgres',
    script: 'pg-basebackup-pitr.sh',
    without: 'pg_verifybackup -q',
  },
  drill: 'database-byte-changed',
  rule: 'recovery/trap-database-not-verified',
})
