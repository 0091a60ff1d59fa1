import { mutant } from '../../procedure.ts'

/** The page is found to be corrupt when somebody reads it, not before. */
export const mariabackupUnverified = mutant({
  procedure: {
    id: 'mariabackup-unverified',
    title: 'mariabackup-checked that compares no checksums',
    kind: 'mariadb',
    script: 'mariabackup-checked.sh',
    without: 'sha256sum --quiet -c',
  },
  drill: 'database-byte-changed',
  rule: 'recovery/trap-database-not-verified',
})
