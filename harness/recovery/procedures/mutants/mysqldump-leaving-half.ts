import { mutant } from '../../procedure.ts'

/** Clients find a server with a part of the rows. */
export const mysqldumpLeavingHalf = mutant({
  procedure: {
    id: 'mysqldump-leaving-half',
    title: 'mysqldump-checked that leaves the server up when it fails',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: "stop' ERR",
  },
  drill: 'database-log-missing',
  rule: 'recovery/outcome-left-half',
})
