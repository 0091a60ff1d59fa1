import { mutant } from '../../procedure.ts'

/** The way back does not put the old release in its place. */
export const upgradeWithoutOldRelease = mutant({
  procedure: {
    id: 'upgrade-without-old-release',
    title: 'upgrade-checked that restarts the new one again',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: '# the old one, in its place',
  },
  drill: 'artifact-broken',
  rule: 'recovery/change-not-undone',
})
