import { mutant } from '../../procedure.ts'

/** Clients meet the restart. */
export const upgradeWithoutBlock = mutant({
  procedure: {
    id: 'upgrade-without-block',
    title: 'upgrade-checked that does not block traffic',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: '$BLOCK',
  },
  drill: 'artifact-upgraded',
  rule: 'recovery/service-errors',
})
