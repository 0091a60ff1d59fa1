import { SeatrialError } from '../../kernel/index.ts'
import type { ExecResult } from '../../substrate/index.ts'
import type { DatedResult } from './clocked.ts'

/**
 * What came of a command, from what the script that ran it under a date printed: lines of words with their values, an
 * empty line, and the end of what the command wrote.
 *
 * @throws SeatrialError `SEATRIAL_NO_DATE` (unsettled: unsupported) when the script itself did not get through
 */
export function datedResult({ stdout, stderr, exitCode }: ExecResult, mend: string): DatedResult {
  const cut = stdout.indexOf('\n\n')
  const lines = stdout.slice(0, Math.max(0, cut)).split('\n')
  const of = (word: string): string => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? ''
  const end = of('end')
  if (exitCode !== 0 || (end !== 'exit' && end !== 'ready' && end !== 'hung')) {
    throw new SeatrialError('SEATRIAL_NO_DATE', `the command could not be run under a date: ${stderr.slice(-500)}`, {
      mend,
      because: 'unsupported',
    })
  }
  const [began, offset] = of('began').split(' ')
  return {
    exitCode: Number(of('code')),
    stdout: stdout.slice(cut + 2),
    stderr,
    end,
    lastedMs: Number(of('lasted')),
    evidence: {
      began: secondsIn(began),
      ended: secondsIn(of('ended')),
      offset: eastOf(offset),
      untouched: lines.filter((line) => line.startsWith('untouched ')).map((line) => line.slice('untouched '.length)),
    },
  }
}

/** Not a number where a program complained in its place. */
const secondsIn = (text = ''): number => (/^-?\d+$/.test(text) ? Number(text) : Number.NaN)

/** Seconds of `+0130`. */
function eastOf(text = ''): number {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(text)
  if (match === null) return Number.NaN
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3_600 + Number(match[3]) * 60)
}
