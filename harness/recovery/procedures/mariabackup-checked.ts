import { procedure } from '../procedure.ts'

export const mariabackupChecked = procedure({
  id: 'mariabackup-checked',
  title: 'mariabackup, prepared, known to be complete, with checksums and binary logs up to a moment',
  kind: 'mariadb',
  script: 'mariabackup-checked.sh',
})
