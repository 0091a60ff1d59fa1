import { procedure } from '../procedure.ts'

export const mysqldump = procedure({
  id: 'mysqldump',
  title: 'mysqldump into a pipe, as most crontabs have it; its exit code is believed',
  kind: 'mariadb',
  script: 'mysqldump.sh',
})
