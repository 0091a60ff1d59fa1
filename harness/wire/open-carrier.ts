import type { Carrier, Settings } from './carrier.ts'
import type { NotOpened } from './connect.ts'
import { openSocket } from './connect.ts'
import type { Deadline } from './deadline.ts'
import type { HttpVersion } from './exchange.ts'
import { Http1Connection } from './http1/connection.ts'
import { openHttp2 } from './http2/connection.ts'
import type { Target } from './request.ts'

/**
 * Connects and speaks the version asked for; no other version is fallen back to.
 *
 * @param count called once for a connection that stands, for its number
 */
export async function openCarrier(
  target: Target,
  version: HttpVersion,
  deadline: Deadline,
  settings: Settings,
  count: () => number,
): Promise<Carrier | NotOpened> {
  const opened = await openSocket(target, [version === '2' ? 'h2' : 'http/1.1'], deadline, settings.clock)
  if ('trouble' in opened) return opened
  const link = { id: count(), opened, settings }
  return version === '2' ? openHttp2(link) : new Http1Connection(link)
}
