import { mutant } from '../../procedure.ts'

/** Half a module is found out only when the server cannot load it, behind a block. */
export const upgradeWithoutChecksum = mutant({
  procedure: {
    id: 'upgrade-without-checksum',
    title: 'upgrade-checked that does not read checksums',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'sha256sum --quiet -c',
  },
  drill: 'artifact-truncated',
  rule: 'recovery/change-needless',
})
