import { createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto'
import { lines, mpint, sshString, uint32 } from './ssh-wire.ts'
import { publicPrimes } from './public-primes.ts'

/** A key pair that CreateKeyPair hands out. */
export interface MadeKey {
  readonly type: 'rsa' | 'ed25519'
  /** EC2 User Guide, "Verify keys": of RSA the SHA-1 of the private key in DER, of ED25519 the SHA-256 of the public one. */
  readonly fingerprint: string
  /** In OpenSSH's form, without a comment. */
  readonly publicKey: string
  readonly pem: string
  /** The lines of PuTTY's private part. */
  readonly putty: { readonly algorithm: string; readonly publicBlob: Buffer; readonly privateBlob: Buffer }
}

/** The n-th RSA key of 2048 bits: after 496 they come again. */
export function rsaKey(n: number): MadeKey {
  const [first, second] = pairOf(n)
  const [p, q] = [numberOf(first), numberOf(second)]
  const e = 65_537n
  const d = inverse(e, (p - 1n) * (q - 1n))
  const parts = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const jwk = Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, bytes(value).toString('base64url')]),
  )
  const key = createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' })
  const publicBlob = Buffer.concat([sshString('ssh-rsa'), mpint(bytes(e)), mpint(bytes(parts.n))])
  return {
    type: 'rsa',
    fingerprint: colons(
      createHash('sha1')
        .update(key.export({ format: 'der', type: 'pkcs8' }))
        .digest(),
    ),
    publicKey: `ssh-rsa ${publicBlob.toString('base64')}`,
    pem: key.export({ format: 'pem', type: 'pkcs1' }).toString(),
    putty: {
      algorithm: 'ssh-rsa',
      publicBlob,
      privateBlob: Buffer.concat([d, p, q, parts.qi].map((each) => mpint(bytes(each)))),
    },
  }
}

/** The ED25519 key of a secret of 32 bytes. */
export function ed25519Key(secret: Buffer): MadeKey {
  // PKCS #8 around the secret (RFC 8410 section 7).
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const point = spki.subarray(spki.length - 32)
  const publicBlob = Buffer.concat([sshString('ssh-ed25519'), sshString(point)])
  return {
    type: 'ed25519',
    fingerprint: ed25519Fingerprint(publicBlob),
    publicKey: `ssh-ed25519 ${publicBlob.toString('base64')}`,
    pem: openSshPrivate(publicBlob, point, secret),
    putty: { algorithm: 'ssh-ed25519', publicBlob, privateBlob: sshString(secret) },
  }
}

export function ed25519Fingerprint(publicBlob: Buffer): string {
  return createHash('sha256').update(publicBlob).digest('base64')
}

/** `1f:51:ae:...` */
export function colons(digest: Buffer): string {
  return digest.toString('hex').match(/../g)?.join(':') ?? ''
}

/** PuTTY's file of version 2, without a passphrase. */
export function puttyFile({ putty: { algorithm, publicBlob, privateBlob } }: MadeKey, comment: string): string {
  const macKey = createHash('sha1').update('putty-private-key-file-mac-key').digest()
  const signed = [algorithm, 'none', comment, publicBlob, privateBlob].map((each) => sshString(each))
  const mac = createHmac('sha1', macKey).update(Buffer.concat(signed)).digest('hex')
  const [open, secret] = [lines(publicBlob, 64), lines(privateBlob, 64)]
  return [
    `PuTTY-User-Key-File-2: ${algorithm}`,
    'Encryption: none',
    `Comment: ${comment}`,
    `Public-Lines: ${open.length}`,
    ...open,
    `Private-Lines: ${secret.length}`,
    ...secret,
    `Private-MAC: ${mac}`,
    '',
  ].join('\r\n')
}

/** OpenSSH's own form of private keys (PROTOCOL.key of OpenSSH), without a passphrase. */
function openSshPrivate(publicBlob: Buffer, point: Buffer, secret: Buffer): string {
  const check = uint32(point.readUInt32BE(0))
  const own = [sshString('ssh-ed25519'), sshString(point), sshString(Buffer.concat([secret, point])), sshString('')]
  const section = Buffer.concat([check, check, ...own])
  const padding = Buffer.from(Array.from({ length: (8 - (section.length % 8)) % 8 }, (_, index) => index + 1))
  const content = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    uint32(1),
    sshString(publicBlob),
    sshString(Buffer.concat([section, padding])),
  ])
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines(content, 70).join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
}

function pairOf(n: number): readonly [string, string] {
  const count = publicPrimes.length
  let left = n % ((count * (count - 1)) / 2)
  let first = 0
  while (left >= count - 1 - first) left -= count - 1 - first++
  // Both indices are below the count.
  return [publicPrimes[first] as string, publicPrimes[first + 1 + left] as string]
}

function numberOf(prime: string): bigint {
  return BigInt(`0x${Buffer.from(prime, 'base64url').toString('hex')}`)
}

function bytes(value: bigint): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}

/** By the extended algorithm of Euclid. */
function inverse(of: bigint, modulus: bigint): bigint {
  let [rest, next, before, now] = [of, modulus, 1n, 0n]
  while (next !== 0n) {
    const quotient = rest / next
    ;[rest, next] = [next, rest - quotient * next]
    ;[before, now] = [now, before - quotient * now]
  }
  return before < 0n ? before + modulus : before
}
