import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { messageOf, SeatrialError, UsageError } from '../../kernel/index.ts'

/** A server of a live cluster. */
export interface NodeAddress {
  readonly host: string
  readonly port: number
}

/** `host:port`, as it is named everywhere; IPv6 in brackets. */
export function addressText({ host, port }: NodeAddress): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`
}

// Clouds keep the credentials of the machine there; a name may lead to it as well, which no list of names can see.
const linkLocal = new BlockList()
linkLocal.addSubnet('169.254.0.0', 16)
linkLocal.addSubnet('fe80::', 10, 'ipv6')
linkLocal.addAddress('fd00:ec2::254', 'ipv6')

/**
 * Asks the plan whether a server may be asked, and looks its name up. Give the result to the connection, so that
 * nothing else is asked than what was allowed.
 *
 * @throws UsageError for an address that the plan does not allow, or a link-local one
 * @throws SeatrialError `SEATRIAL_NO_ANSWER` for a name that leads nowhere
 */
export async function allowedAddress(node: NodeAddress, allow: (url: URL) => void): Promise<NodeAddress> {
  const text = addressText(node)
  const url = URL.parse(`http://${text}`)
  if (url === null) {
    throw new UsageError({ path: 'preflight', given: JSON.stringify(text), wanted: 'HOST:PORT, such as db-1:3306' })
  }
  try {
    allow(url)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    // A database has no origin: the port is listed with the host.
    const mend = error.mend.replace(url.origin, text)
    throw new UsageError({ path: error.path, given: text, wanted: error.wanted, mend, cause: error })
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const found = await lookup(host).catch((error: unknown) => {
    throw new SeatrialError('SEATRIAL_NO_ANSWER', `${text}: no such host`, {
      mend: `Mend the address (${messageOf(error)}).`,
      because: 'prerequisite',
      cause: error,
    })
  })
  if (linkLocal.check(found.address, found.family === 6 ? 'ipv6' : 'ipv4')) {
    throw new UsageError({
      path: 'preflight',
      given: `${text}, which is ${found.address}`,
      wanted: 'an address that is not link-local and no metadata service',
    })
  }
  return { host: found.address, port: node.port }
}

/** @throws UsageError for what is not HOST:PORT */
export function parseAddress(given: string, path: string, usualPort = 3306): NodeAddress {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^\s:/@[\]]+)):(\d{1,5})$/.exec(given) ?? []
  const host = bracketed ?? plain
  const number = Number(port)
  if (host === undefined || number < 1 || number > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6)) {
    throw new UsageError({
      path,
      given: JSON.stringify(given),
      wanted: `HOST:PORT, such as db-1:${usualPort} or [::1]:${usualPort}`,
      ...(/^[\w.-]+$/.test(given) && { mend: `Did you mean ${given}:${usualPort} ?` }),
    })
  }
  return { host, port: number }
}
