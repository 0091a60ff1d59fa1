import { mutant } from '../../procedure.ts'

/** The broken release stays, and traffic stays blocked. */
export const upgradeWithoutWayBack = mutant({
  procedure: {
    id: 'upgrade-without-way-back',
    title: 'upgrade-checked that ends where it fails',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'trap roll_back EXIT',
  },
  drill: 'artifact-not-starting',
  rule: 'recovery/change-not-undone',
})
