import { mutant } from '../../procedure.ts'

/** Files of another server lie among those of the backup. */
export const pgBasebackupOverRemains = mutant({
  procedure: {
    id: 'pg-basebackup-over-remains',
    title: 'pg-basebackup-pitr that copies over what is there',
    kind: 'postgres',
    script: 'pg-basebackup-pitr.sh',
    without: '-mindepth 1 -delete',
  },
  drill: 'database-restored',
  rule: 'recovery/outcome-not-recovered',
})
