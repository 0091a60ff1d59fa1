import { procedure } from '../procedure.ts'

export const pgBasebackup = procedure({
  id: 'pg-basebackup',
  title: 'pg_basebackup without the log, put back and started',
  kind: 'postgres',
  script: 'pg-basebackup.sh',
})
