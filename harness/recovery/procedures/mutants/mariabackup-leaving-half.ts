import { mutant } from '../../procedure.ts'

/** Clients find a server with a part of the rows. */
export const mariabackupLeavingHalf = mutant({
  procedure: {
    id: 'mariabackup-leaving-half',
    title: 'mariabackup-checked that leaves the server up when it fails',
    kind: 'mariadb',
    script: 'mariabackup-checked.sh',
    without: "stop' ERR",
  },
  drill: 'database-log-missing',
  rule: 'recovery/outcome-left-half',
})
