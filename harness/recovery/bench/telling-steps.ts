import { SeatrialError } from '../../kernel/index.ts'

/** A place in a script at which it is worth being killed. */
export interface TellingStep {
  /** Counted from 1, as `stopBefore` has it. */
  readonly number: number
  /** For people: `step 7, mv a b`. */
  readonly name: string
}

/**
 * Of the steps of a script those before which the host is not the same as before the step ahead of it: a variable that
 * is set, an option, a trap, and the way into a function (which bash tells twice) leave nothing behind when the script
 * is killed.
 *
 * @throws SeatrialError `SEATRIAL_NO_STEPS` (unsettled: unsupported) for a script whose steps cannot be counted
 */
export function tellingSteps(steps: readonly string[]): readonly TellingStep[] {
  if (steps.length === 0) {
    throw new SeatrialError('SEATRIAL_NO_STEPS', 'the script has no steps to be killed before', {
      mend: 'Steps are counted in scripts of bash: begin it with #!/bin/bash.',
      because: 'unsupported',
    })
  }
  return steps.flatMap((command, index) => {
    const before = steps[index - 1]
    if (before !== undefined && (leavesNothing(before) || isEntry(steps, index) || isEntry(steps, index - 1))) return []
    return [{ number: index + 1, name: `step ${index + 1}, ${command.replaceAll(/\s+/g, ' ').slice(0, 100)}` }]
  })
}

function leavesNothing(command: string): boolean {
  // A command substitution may do anything, and `A=b command` is a command.
  if (/\$\(|`/.test(command)) return false
  return /^(?:set|trap|local|export|umask) /.test(command) || /^\w+=(?:"[^"]*"|'[^']*'|[^\s"'])*$/.test(command)
}

const isEntry = (steps: readonly string[], index: number): boolean => index > 0 && steps[index] === steps[index - 1]
