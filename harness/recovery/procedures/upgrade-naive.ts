import { procedure } from '../procedure.ts'

export const upgradeNaive = procedure({
  id: 'upgrade-naive',
  title: 'the last of the list is copied over and the server restarted; nobody asks it then',
  kind: 'artifact',
  script: 'upgrade-naive.sh',
})
