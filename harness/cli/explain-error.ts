import type { ExitCode } from '../kernel/index.ts'
import { exitCodes, isSeatrialError, messageOf, UsageError } from '../kernel/index.ts'

export interface Explanation {
  readonly text: string
  readonly exitCode: ExitCode
}

/**
 * An error in the words of people: what is wrong, what was given and wanted, what to do. The
 * stack is for those who ask for it with SEATRIAL_DEBUG=1.
 */
export function explainError(error: unknown, { colour, debug }: { colour: boolean; debug: boolean }): Explanation {
  const red = (text: string): string => (colour ? `\u001B[31m${text}\u001B[39m` : text)
  const trace = debug && error instanceof Error ? `\n${error.stack ?? ''}\n` : ''
  const parts = error instanceof AggregateError ? error.errors : [error]
  const lines = parts.flatMap((part: unknown): string[] => {
    if (part instanceof UsageError) {
      return [
        red(`error: ${part.path}`),
        `  given:  ${part.given}`,
        `  wanted: ${part.wanted}`,
        `  mend:   ${part.mend}`,
      ]
    }
    if (isSeatrialError(part)) {
      const cause = part.cause === undefined ? [] : [`  cause:  ${messageOf(part.cause)}`]
      return [red(`error: ${part.message}`), `  code:   ${part.code}`, ...cause, `  mend:   ${part.mend}`]
    }
    return [
      red(`error: ${messageOf(part)}`),
      '  code:   SEATRIAL_UNEXPECTED',
      '  mend:   This is a defect of Seatrial; run again with SEATRIAL_DEBUG=1 and report what it prints.',
    ]
  })
  const usage = parts.length > 0 && parts.every((part: unknown) => part instanceof UsageError)
  return { text: `${lines.join('\n')}\n${trace}`, exitCode: usage ? exitCodes.usage : exitCodes.unsettled }
}
