import { SeatrialError } from '../../kernel/index.ts'
import { setCookieLine } from './cookies.ts'
import type { Bench } from './open-bench.ts'
import { served } from './served.ts'
import type { Answer } from './visitor.ts'

/** An answer of a server that came with the cookie. */
export interface Welcome extends Answer {
  readonly server: string
  /** The line `Set-Cookie`. */
  readonly line: string
  /** What the visitor sends back of it. */
  readonly pair: string
}

/**
 * What new visitors are given who come at the same time, so that they are spread over the servers: the answers that set the
 * cookie, at least one.
 *
 * @throws SeatrialError `SEATRIAL_NO_COOKIE` (unsettled: prerequisite), and as `served`
 */
export async function newcomers(bench: Bench, cookie: string, count = 6): Promise<readonly [Welcome, ...Welcome[]]> {
  const answers = await Promise.all(
    Array.from({ length: count }, async () => {
      using one = bench.visitor()
      return served(await one.ask())
    }),
  )
  const [first, ...others] = answers.flatMap((answer) => {
    const line = setCookieLine(answer, cookie)
    return line === undefined ? [] : [{ ...answer, line, pair: line.split(';')[0]?.trim() ?? '' }]
  })
  if (first !== undefined) return [first, ...others]
  throw new SeatrialError('SEATRIAL_NO_COOKIE', `none of ${count} new visitors is given a cookie ${cookie}`, {
    mend: 'Mend that first: loadbalancing/sticky tells of it.',
    because: 'prerequisite',
  })
}
