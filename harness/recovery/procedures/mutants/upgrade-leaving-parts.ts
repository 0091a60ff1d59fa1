import { mutant } from '../../procedure.ts'

/** Half a file stays on a disk that is full. */
export const upgradeLeavingParts = mutant({
  procedure: {
    id: 'upgrade-leaving-parts',
    title: 'upgrade-checked that leaves what it could not finish',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'rm -f "$previous.part"',
  },
  drill: 'artifact-no-room',
  rule: 'recovery/change-not-undone',
})
