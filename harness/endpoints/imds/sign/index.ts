import { createSign, X509Certificate } from 'node:crypto'
import { elementAt, integer, nothing, octets, oid, sequence, set, tagged } from './der.ts'
import { certificate, privateKey } from './mock-key.ts'

/** RSASSA-PKCS1-v1_5 over SHA-256, with the mock's own key. */
export function signature(text: string): Uint8Array {
  return createSign('sha256').update(text).sign(privateKey)
}

/**
 * PKCS #7 SignedData (RFC 2315 section 9) with the text and the certificate inside: what `openssl smime -verify
 * -noverify` takes, or the same with `-CAfile` and the mock's certificate.
 */
export function signedData(text: string): Uint8Array {
  const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), nothing)
  const { raw } = new X509Certificate(certificate)
  const { issuer, serial } = namesIn(raw)
  const signer = sequence(
    integer(1),
    sequence(issuer, serial),
    sha256,
    sequence(oid('1.2.840.113549.1.1.1'), nothing),
    octets(signature(text)),
  )
  const content = sequence(oid('1.2.840.113549.1.7.1'), tagged(0, octets(Buffer.from(text))))
  const signed = sequence(integer(1), set(sha256), content, tagged(0, raw), set(signer))
  return sequence(oid('1.2.840.113549.1.7.2'), tagged(0, signed))
}

/** Issuer and serial number of a certificate, as they stand in it (RFC 5280 section 4.1). */
function namesIn(raw: Uint8Array): { issuer: Uint8Array; serial: Uint8Array } {
  const body = elementAt(raw, elementAt(raw, 0).content)
  // Version, serial number, algorithm, issuer.
  const serial = elementAt(raw, body.content).end
  const algorithm = elementAt(raw, serial).end
  const issuer = elementAt(raw, algorithm).end
  return { serial: raw.subarray(serial, algorithm), issuer: raw.subarray(issuer, elementAt(raw, issuer).end) }
}
