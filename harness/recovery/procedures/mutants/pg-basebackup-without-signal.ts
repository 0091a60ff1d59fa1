import { mutant } from '../../procedure.ts'

/** Without recovery.signal the target is passed over, and so is the archive. */
export const pgBasebackupWithoutSignal = mutant({
  procedure: {
    id: 'pg-basebackup-without-signal',
    title: 'pg-basebackup-pitr that does not say it recovers',
    kind: 'postgres',
    script: 'pg-basebackup-pitr.sh',
    without: 'touch',
  },
  drill: 'database-point-in-time',
  rule: 'recovery/trap-database-moment-missed',
})
