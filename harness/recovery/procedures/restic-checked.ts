import { procedure } from '../procedure.ts'

export const resticChecked = procedure({
  id: 'restic-checked',
  title: 'restic with its check, restored beside the place, and a list of everything that is compared',
  kind: 'files',
  script: 'restic-checked.sh',
})
