import type { Part, Values } from './log-pattern.ts'
import { takeApart } from './log-pattern.ts'
import { newline, pieces } from './pieces.ts'
import { requestLineOf } from './request-line.ts'
import type { Entry, Recorded } from './traffic.ts'

/** Bytes of one line of a log. */
const longestLine = 2 ** 20

/** What one line of a log tells of a request. */
export interface Logged extends Partial<Pick<Recorded, 'at' | 'grain' | 'ms' | 'connection' | 'address' | 'body'>> {
  /** `GET /path HTTP/1.1` */
  readonly request: string
  /** Names and values in turn. */
  readonly fields: readonly string[]
}

/** Reads lines of a log in one format; what cannot be read is told with what was wanted there. */
export async function* readLog(
  source: AsyncIterable<Uint8Array>,
  parts: readonly Part[],
  loggedOf: (values: Values) => Logged | { readonly why: string },
): AsyncGenerator<Entry> {
  for await (const { number, bytes } of pieces(source, newline, longestLine)) {
    const where = `line ${number}`
    const unread = (why: string): Entry => ({ is: 'unread', where, why })
    // What follows a NUL was never written: a log that was cut while its server wrote on begins with many.
    const line = bytes?.toString('latin1').replaceAll(/^\0+|\r$/g, '')
    if (line === undefined) yield unread(`it is longer than ${longestLine} bytes`)
    else if (line !== '') {
      const values = takeApart(line, parts)
      if ('column' in values)
        yield unread(`at column ${values.column} it is not in this format: wanted ${values.wanted}`)
      else {
        const logged = loggedOf(values)
        yield 'why' in logged ? unread(logged.why) : recordedOf(logged, where)
      }
    }
  }
}

function recordedOf(logged: Logged, where: string): Entry {
  const { request, fields, at, grain = 1, ms, connection, address, body } = logged
  const line = requestLineOf(request)
  if (line === undefined) {
    return { is: 'unread', where, why: `${JSON.stringify(request.slice(0, 100))} is no request that can be sent` }
  }
  const { method, target, host } = line
  const hasHost = fields.some((name, place) => place % 2 === 0 && name.toLowerCase() === 'host')
  return {
    is: 'request',
    where,
    asked: { method, target, fields: host === undefined || hasHost ? fields : ['Host', host, ...fields] },
    body,
    at,
    grain,
    ms,
    connection,
    address,
    answer: 'no whole answer was recorded',
  }
}
