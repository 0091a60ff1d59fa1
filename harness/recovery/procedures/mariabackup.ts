import { procedure } from '../procedure.ts'

export const mariabackup = procedure({
  id: 'mariabackup',
  title: 'mariabackup, put back as it was copied, without being prepared',
  kind: 'mariadb',
  script: 'mariabackup.sh',
})
