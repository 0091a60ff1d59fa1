import { procedure } from '../procedure.ts'

export const restic = procedure({
  id: 'restic',
  title: 'restic as manuals have it; its exit code is believed',
  kind: 'files',
  script: 'restic.sh',
})
