import { connect, isIP } from 'node:net'
import type { ConnectionOptions } from 'mysql2/promise'
import type { ServerTls } from './engine.ts'

/**
 * How the driver encrypts. The connection leads to an address, and the certificate is for the name by which that was
 * found. The driver checks an address against `localhost`; with the dot at the end, which a name may have, it checks the
 * address itself.
 */
export function mariadbTls(
  { name, verify, ca }: ServerTls,
  at: { readonly host: string; readonly port: number },
): Partial<ConnectionOptions> {
  return {
    host: isIP(name) === 0 ? name : `${name}.`,
    stream: () => connect({ host: at.host, port: at.port }),
    ssl: { rejectUnauthorized: verify, verifyIdentity: verify, ...(ca !== undefined && { ca }) },
  }
}
