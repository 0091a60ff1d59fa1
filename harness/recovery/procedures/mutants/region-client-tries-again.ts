import { mutant } from '../../procedure.ts'

/** The client asks again when only the answer was lost: a second copy. */
export const regionClientTriesAgain = mutant({
  procedure: {
    id: 'region-client-tries-again',
    title: 'volumes into another region, by a client that asks again by itself',
    kind: 'region',
    script: 'region-checked.sh',
    without: 'export AWS_MAX_ATTEMPTS=1',
  },
  drill: 'region-answer-lost',
  rule: 'recovery/outcome-silently-wrong',
})
