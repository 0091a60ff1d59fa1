import { mutant } from '../../procedure.ts'

/** The newest revisions are installed, which nobody tried. */
export const buildUnpinned = mutant({
  procedure: {
    id: 'build-unpinned',
    title: 'build-checked that takes what the mirror offers',
    kind: 'host',
    script: 'build-checked.sh',
    without: 'mapfile -t wanted',
  },
  drill: 'host-mirror-stale',
  rule: 'recovery/trap-host-unpinned',
})
