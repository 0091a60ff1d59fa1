import { procedure } from '../procedure.ts'

export const upgradeChecked = procedure({
  id: 'upgrade-checked',
  title: 'the newest by number, whole, asked after the restart, and rolled back when it does not answer',
  kind: 'artifact',
  script: 'upgrade-checked.sh',
})
