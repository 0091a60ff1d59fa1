import { mutant } from '../../procedure.ts'

/** 1.11.0-rc1 is the newest of all names. */
export const upgradeWithCandidates = mutant({
  procedure: {
    id: 'upgrade-with-candidates',
    title: 'upgrade-checked that takes candidates for releases',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: "grep -E '/module-",
  },
  drill: 'artifact-upgraded',
  rule: 'recovery/trap-artifact-pre-release',
})
