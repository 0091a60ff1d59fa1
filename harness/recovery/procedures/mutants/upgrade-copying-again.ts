import { mutant } from '../../procedure.ts'

/** Run again, it writes the new release over the copy of the old one. */
export const upgradeCopyingAgain = mutant({
  procedure: {
    id: 'upgrade-copying-again',
    title: 'upgrade-checked that keeps whatever is in place',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'cmp -s "$newest" "$module" ||',
  },
  drill: 'artifact-interrupted',
  rule: 'recovery/trap-artifact-copy-overwritten',
})
