import { mutant } from '../../procedure.ts'

/** The second run fails: the user is there. */
export const buildAddingUsersAgain = mutant({
  procedure: {
    id: 'build-adding-users-again',
    title: 'build-checked that adds its user each time',
    kind: 'host',
    script: 'build-checked.sh',
    without: 'getent passwd',
  },
  drill: 'host-built-again',
  rule: 'recovery/outcome-not-repeatable',
})
