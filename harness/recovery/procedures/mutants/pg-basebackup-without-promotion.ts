import { mutant } from '../../procedure.ts'

/** At the target the server pauses, or without hot standby ends. */
export const pgBasebackupWithoutPromotion = mutant({
  procedure: {
    id: 'pg-basebackup-without-promotion',
    title: 'pg-basebackup-pitr that waits at its target',
    kind: 'postgres',
    script: 'pg-basebackup-pitr.sh',
    without: 'recovery_target_action',
  },
  drill: 'database-point-in-time',
  rule: 'recovery/outcome-not-recovered',
})
