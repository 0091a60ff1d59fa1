import { procedure } from '../procedure.ts'

export const duplicity = procedure({
  id: 'duplicity',
  title: 'duplicity as manuals have it; its exit code is believed',
  kind: 'files',
  script: 'duplicity.sh',
  // duplicity(1): hard links become files of their own; times of links, access lists and attributes are not kept.
  forgets: ['hard links', 'link time', 'access list', 'extended attributes'],
})
