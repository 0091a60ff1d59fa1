import { readFile } from 'node:fs/promises'
import { messageOf, SeatrialError, UsageError } from '../../kernel/index.ts'
import type { ServerTls } from '../engines/engine.ts'
import { DatabaseError } from '../engines/engine.ts'
import type { Greeting } from './greet.ts'

/**
 * - `off`: never encrypted
 * - `prefer`: encrypted where the server offers it; the certificate is checked only when a CA is given
 * - `require`: encrypted, with a certificate of that CA, or one that this machine trusts, for the host as it was named
 */
export const tlsModes = ['off', 'prefer', 'require'] as const

export type TlsMode = (typeof tlsModes)[number]

export interface TlsWish {
  readonly mode: TlsMode
  /** PEM of the authorities whose certificates are accepted; those that this machine trusts when left out. */
  readonly ca?: string
}

/** @throws UsageError for a CA file that is not there, or has no certificate in it */
export async function caIn(file: string, path: string): Promise<string> {
  const wanted = 'a file of certificates (PEM)'
  const ca = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError({ path, given: `${file}: ${messageOf(error)}`, wanted, cause: error })
  })
  if (ca.includes('-----BEGIN CERTIFICATE-----')) return ca
  throw new UsageError({ path, given: `${file}, which has no certificate in it`, wanted })
}

/**
 * What a connection to a server is to do; undefined for one that is not encrypted.
 *
 * @throws SeatrialError `SEATRIAL_NO_TLS` where TLS is required and not offered
 */
export function tlsFor(host: string, { mode, ca }: TlsWish, { offersTls }: Greeting): ServerTls | undefined {
  if (mode === 'off' || (mode === 'prefer' && !offersTls)) return undefined
  if (!offersTls) {
    throw new SeatrialError('SEATRIAL_NO_TLS', 'it offers no TLS, which --tls require wants', {
      mend: 'Turn TLS on in the server, or say --tls prefer.',
      because: 'prerequisite',
    })
  }
  return { name: host, verify: mode === 'require' || ca !== undefined, ...(ca !== undefined && { ca }) }
}

// The sentences of OpenSSL and of Node: drivers put codes of their own in the place of theirs.
const certificateTroubles: readonly (readonly [RegExp, string])[] = [
  [/altnames|does not match certificate/i, 'name the node as its certificate does'],
  [/expired/i, 'renew it'],
  [/not yet valid/i, 'mend the clock of this machine or of the server'],
  [/self[- ]signed|unable to (?:verify|get)|unknown ca|issuer/i, 'give the authority that signed it with --ca'],
]

/** Why a connection did not come about, with what to do when the certificate is why. */
export function connectTrouble(error: unknown): string {
  // The message of a database holds that of its cause already.
  const why = error instanceof DatabaseError ? error.message : messageOf(error)
  const mend = certificateTroubles.find(([words]) => words.test(why))?.[1]
  return mend === undefined ? why : `its certificate is not accepted: ${why}; ${mend}`
}
