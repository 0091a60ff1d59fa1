import { mutant } from '../../procedure.ts'

/** The state of the backup is not that of the moment. */
export const mariabackupWithoutLogs = mutant({
  procedure: {
    id: 'mariabackup-without-logs',
    title: 'mariabackup-checked that replays no log',
    kind: 'mariadb',
    script: 'mariabackup-checked.sh',
    without: 'mysqlbinlog --start',
  },
  drill: 'database-point-in-time',
  rule: 'recovery/trap-database-moment-missed',
})
