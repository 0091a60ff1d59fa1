import { mutant } from '../../procedure.ts'

/** Where the tried versions are gone, others are installed, and nobody is told. */
export const buildReplacingDropped = mutant({
  procedure: {
    id: 'build-replacing-dropped',
    title: 'build-checked that takes what the mirror still has',
    kind: 'host',
    script: 'build-checked.sh',
    without: 'mapfile -t wanted',
  },
  drill: 'host-mirror-dropped',
  rule: 'recovery/change-untold',
})
