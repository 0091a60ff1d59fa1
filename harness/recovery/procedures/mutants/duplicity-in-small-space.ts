import { mutant } from '../../procedure.ts'

/** Unpacked where the host has no room for it. */
export const duplicityInSmallSpace = mutant({
  procedure: {
    id: 'duplicity-in-small-space',
    title: 'duplicity that unpacks wherever the host says',
    kind: 'files',
    script: 'duplicity-checked.sh',
    without: 'export TMPDIR',
    forgets: ['hard links', 'link time', 'access list', 'extended attributes'],
  },
  drill: 'files-small-temporary-space',
  rule: 'recovery/outcome-not-recovered',
})
