import { procedure } from '../procedure.ts'

export const tar = procedure({
  id: 'tar',
  title: 'tar archives with increments, neither encrypted nor compared',
  kind: 'files',
  script: 'tar.sh',
  // tar(1) keeps them only when it is told to: --acls, --xattrs.
  forgets: ['access list', 'extended attributes'],
})
