import { procedure } from '../procedure.ts'

export const buildNaive = procedure({
  id: 'build-naive',
  title: 'what was typed when the host was new: newest packages, a random secret, nobody asks whether it serves',
  kind: 'host',
  script: 'build-naive.sh',
})
