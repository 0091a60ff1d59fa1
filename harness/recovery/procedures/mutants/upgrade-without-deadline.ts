import { mutant } from '../../procedure.ts'

/** A server that never listens keeps clients away all night. */
export const upgradeWithoutDeadline = mutant({
  procedure: {
    id: 'upgrade-without-deadline',
    title: 'upgrade-checked that waits for the restart for ever',
    kind: 'artifact',
    script: 'upgrade-checked.sh',
    without: 'timeout "$PATIENCE"',
  },
  drill: 'artifact-restart-hangs',
  rule: 'recovery/outcome-hung',
})
