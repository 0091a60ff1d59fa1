import { mutant } from '../../procedure.ts'

/** Nothing is compared: what duplicity did not bring back is not missed. */
export const duplicityUnchecked = mutant({
  procedure: {
    id: 'duplicity-unchecked',
    title: 'duplicity with room to unpack, and nothing compared',
    kind: 'files',
    script: 'duplicity-checked.sh',
    without: 'sha256sum --quiet -c',
    forgets: ['hard links', 'link time'],
  },
  drill: 'files-volume-missing',
  rule: 'recovery/outcome-silently-wrong',
})
