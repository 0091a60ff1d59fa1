import { mutant } from '../../procedure.ts'

/** 1.9.0 stands after 1.10.0 in a list of names. */
export const upgradeSortedAsText = mutant({
  procedure: {
    id: 'upgrade-sorted-as-text',
    title: 'upgrade-checked that takes the last by name',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'sort -V |',
  },
  drill: 'artifact-upgraded',
  rule: 'recovery/trap-artifact-text-order',
})
