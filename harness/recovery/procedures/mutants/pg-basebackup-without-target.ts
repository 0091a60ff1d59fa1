import { mutant } from '../../procedure.ts'

/** The mistake is replayed too. */
export const pgBasebackupWithoutTarget = mutant({
  procedure: {
    id: 'pg-basebackup-without-target',
    title: 'pg-basebackup-pitr that replays all there is',
    kind: 'postgres',
    script: 'pg-basebackup-pitr.sh',
    without: '{AT:+',
  },
  drill: 'database-point-in-time',
  rule: 'recovery/trap-database-moment-missed',
})
