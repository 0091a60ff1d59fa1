import { mutant } from '../../procedure.ts'

/** The server runs, and answers every question with 403. */
export const buildWithoutAsking = mutant({
  procedure: {
    id: 'build-without-asking',
    title: 'build-checked that ends well although nothing answers',
    kind: 'host',
    script: 'build-checked.sh',
    without: 'exit 1 # nobody',
  },
  drill: 'host-closed-folder',
  rule: 'recovery/change-untold',
})
