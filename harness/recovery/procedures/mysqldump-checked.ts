import { procedure } from '../procedure.ts'

export const mysqldumpChecked = procedure({
  id: 'mysqldump-checked',
  title: 'mysqldump of one moment with code and accounts, checksums, and binary logs up to a moment',
  kind: 'mariadb',
  script: 'mysqldump-checked.sh',
})
