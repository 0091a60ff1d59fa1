import { mutant } from '../../procedure.ts'

/** The way back is missed only when it is needed. */
export const upgradeWithoutCopy = mutant({
  procedure: {
    id: 'upgrade-without-copy',
    title: 'upgrade-checked that keeps no copy of the old release',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'keep # the old one',
  },
  drill: 'artifact-upgraded',
  rule: 'recovery/outcome-silently-wrong',
})
