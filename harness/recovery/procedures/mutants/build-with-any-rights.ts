import { mutant } from '../../procedure.ts'

/** Files that the server must read are the operator's alone. */
export const buildWithAnyRights = mutant({
  procedure: {
    id: 'build-with-any-rights',
    title: "build-checked that leaves rights to the operator's shell",
    kind: 'host',
    script: 'build-checked.sh',
    without: 'umask 022',
  },
  drill: 'host-rebuilt',
  rule: 'recovery/outcome-not-recovered',
})
