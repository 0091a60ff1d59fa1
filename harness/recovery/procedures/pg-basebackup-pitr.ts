import { procedure } from '../procedure.ts'

export const pgBasebackupPitr = procedure({
  id: 'pg-basebackup-pitr',
  title: 'pg_basebackup with an archive of the log, verified, up to a moment',
  kind: 'postgres',
  script: 'pg-basebackup-pitr.sh',
})
