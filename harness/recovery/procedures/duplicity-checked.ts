import { procedure } from '../procedure.ts'

export const duplicityChecked = procedure({
  id: 'duplicity-checked',
  title: 'duplicity with room to unpack, and a list of checksums that is compared',
  kind: 'files',
  script: 'duplicity-checked.sh',
  // duplicity(1): hard links become files of their own; times of links, access lists and attributes are not kept.
  forgets: ['hard links', 'link time', 'access list', 'extended attributes'],
})
