import { mutant } from '../../procedure.ts'

/** What came back is compared, and the answer is not heard. */
export const duplicityUnchecked = mutant({
  procedure: {
    id: 'duplicity-unchecked',
    title: 'duplicity with a list that nothing depends on',
    kind: 'files',
    script: 'duplicity-checked.sh',
    without: 'what came back is not what was saved',
    forgets: ['hard links', 'link time', 'access list', 'extended attributes'],
  },
  drill: 'files-newest-missing',
  rule: 'recovery/outcome-silently-wrong',
})
