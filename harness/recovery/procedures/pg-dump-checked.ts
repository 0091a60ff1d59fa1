import { procedure } from '../procedure.ts'

export const pgDumpChecked = procedure({
  id: 'pg-dump-checked',
  title: 'pg_dump of the whole database with the roles of the server, checksums, restored whole or not at all',
  kind: 'postgres',
  script: 'pg-dump-checked.sh',
})
