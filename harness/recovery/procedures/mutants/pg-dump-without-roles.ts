import { mutant } from '../../procedure.ts'

/** Nobody is there to whom the tables could belong. */
export const pgDumpWithoutRoles = mutant({
  procedure: {
    id: 'pg-dump-without-roles',
    title: 'pg-dump-checked that does not bring the roles back',
    kind: 'postgres',
    script: 'pg-dump-checked.sh',
    without: 'sed -E',
  },
  drill: 'database-restored',
  rule: 'recovery/outcome-not-recovered',
})
