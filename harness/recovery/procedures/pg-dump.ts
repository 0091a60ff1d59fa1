import { procedure } from '../procedure.ts'

export const pgDump = procedure({
  id: 'pg-dump',
  title: 'pg_dump of each schema into a pipe, and psql that goes on after errors',
  kind: 'postgres',
  script: 'pg-dump.sh',
})
