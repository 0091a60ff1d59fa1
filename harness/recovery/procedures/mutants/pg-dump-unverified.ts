import { mutant } from '../../procedure.ts'

/** A changed letter is as good a row as the right one. */
export const pgDumpUnverified = mutant({
  procedure: {
    id: 'pg-dump-unverified',
    title: 'pg-dump-checked that compares no checksums',
    kind: 'postgres',
    script: 'pg-dump-checked.sh',
    without: 'sha256sum --quiet -c',
  },
  drill: 'database-byte-changed',
  rule: 'recovery/trap-database-not-verified',
})
