import { procedure } from '../procedure.ts'

export const buildChecked = procedure({
  id: 'build-checked',
  title: 'versions from a lock file, each step sees what is done, and it ends when the host serves',
  kind: 'host',
  script: 'build-checked.sh',
})
