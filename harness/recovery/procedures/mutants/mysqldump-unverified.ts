import { mutant } from '../../procedure.ts'

/** A changed letter is as good SQL as the right one. */
export const mysqldumpUnverified = mutant({
  procedure: {
    id: 'mysqldump-unverified',
    title: 'mysqldump-checked that compares no checksums',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: 'sha256sum --quiet -c',
  },
  drill: 'database-byte-changed',
  rule: 'recovery/trap-database-not-verified',
})
