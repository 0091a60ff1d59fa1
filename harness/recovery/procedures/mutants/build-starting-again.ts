import { mutant } from '../../procedure.ts'

/** The second server finds its port taken. */
export const buildStartingAgain = mutant({
  procedure: {
    id: 'build-starting-again',
    title: 'build-checked that starts its server each time',
    kind: 'host',
    script: 'build-checked.sh',
    without: '# it runs already',
  },
  drill: 'host-built-again',
  rule: 'recovery/outcome-not-repeatable',
})
