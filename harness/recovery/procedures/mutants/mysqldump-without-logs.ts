import { mutant } from '../../procedure.ts'

/** The state of the backup is not that of the moment. */
export const mysqldumpWithoutLogs = mutant({
  procedure: {
    id: 'mysqldump-without-logs',
    title: 'mysqldump-checked that replays no log',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: 'mysqlbinlog --start',
  },
  drill: 'database-point-in-time',
  rule: 'recovery/trap-database-moment-missed',
})
