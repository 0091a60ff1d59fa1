import { mutant } from '../../procedure.ts'

/** Each run sends clients away, also those where nothing is new. */
export const upgradeRestartingAlways = mutant({
  procedure: {
    id: 'upgrade-restarting-always',
    title: 'upgrade-checked that upgrades to what it has',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'exit # nothing to do',
  },
  drill: 'artifact-upgraded',
  rule: 'recovery/change-needless',
})
