import { mutant } from '../../procedure.ts'

/** The database is there already, by half. */
export const pgDumpOverRemains = mutant({
  procedure: {
    id: 'pg-dump-over-remains',
    title: 'pg-dump-checked that does not take away what an attempt before left',
    kind: 'postgres',
    script: 'pg-dump-checked.sh',
    without: '# what an attempt before left',
  },
  drill: 'database-restore-interrupted',
  rule: 'recovery/trap-database-not-empty',
})
