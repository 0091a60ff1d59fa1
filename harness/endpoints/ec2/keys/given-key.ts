import { createHash, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { colons, ed25519Fingerprint } from './made-key.ts'
import { mpint, readStrings, sshString } from './ssh-wire.ts'

export interface GivenKey {
  readonly type: 'rsa' | 'ed25519'
  /** Of RSA the MD5 of the public key in DER, of ED25519 the SHA-256 of the one in SSH's form. */
  readonly fingerprint: string
  readonly publicKey: string
}

/**
 * The public key that ImportKeyPair is given: a line of OpenSSH, the file of RFC 4716, or DER in base64.
 * Undefined for anything else, and for kinds of keys that the service does not take, such as DSA.
 */
export function givenKey(material: string): GivenKey | undefined {
  const blob = blobOf(material.trim())
  const [name, ...rest] = blob === undefined ? [] : (readStrings(blob) ?? [])
  const point = rest[0]
  if (name?.toString() === 'ssh-ed25519' && point?.length === 32 && rest.length === 1) {
    const own = Buffer.concat([sshString('ssh-ed25519'), sshString(point)])
    return { type: 'ed25519', fingerprint: ed25519Fingerprint(own), publicKey: line('ssh-ed25519', own) }
  }
  if (name?.toString() !== 'ssh-rsa' || rest.length !== 2) return undefined
  const [e, n] = rest.map((each) => each.subarray(each[0] === 0 ? 1 : 0))
  if (e === undefined || n === undefined || e.length === 0 || n.length < 128) return undefined
  try {
    const jwk = { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') }
    return rsa(createPublicKey({ key: jwk, format: 'jwk' }))
  } catch {
    // Numbers that make no key.
    return undefined
  }
}

function blobOf(material: string): Buffer | undefined {
  const [, openSsh] = /^ssh-(?:rsa|ed25519)\s+(\S+)/.exec(material) ?? []
  // Characters that are none of base64 are passed over, as the service does.
  if (openSsh !== undefined) return Buffer.from(openSsh, 'base64')
  const [, rfc4716] =
    /^---- BEGIN SSH2 PUBLIC KEY ----\r?\n([\s\S]+?)\r?\n---- END SSH2 PUBLIC KEY ----$/.exec(material) ?? []
  if (rfc4716 !== undefined) {
    // Headers such as `Comment: "me"` may go on over lines that end in a backslash.
    return Buffer.from(rfc4716.replaceAll(/^[\w-]+:(?:.*\\\r?\n)*.*$/gm, ''), 'base64')
  }
  return /^[A-Za-z0-9+/=\s]+$/.test(material) ? ofDer(Buffer.from(material, 'base64')) : undefined
}

function ofDer(der: Buffer): Buffer | undefined {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    const { e, n } = key.export({ format: 'jwk' })
    return e === undefined || n === undefined ? undefined : rsaBlob(e, n)
  } catch {
    return undefined
  }
}

function rsa(key: KeyObject): GivenKey {
  const { e = '', n = '' } = key.export({ format: 'jwk' })
  const der = key.export({ format: 'der', type: 'spki' })
  return {
    type: 'rsa',
    fingerprint: colons(createHash('md5').update(der).digest()),
    publicKey: line('ssh-rsa', rsaBlob(e, n)),
  }
}

function rsaBlob(e: string, n: string): Buffer {
  return Buffer.concat([sshString('ssh-rsa'), ...[e, n].map((each) => mpint(Buffer.from(each, 'base64url')))])
}

function line(name: string, blob: Buffer): string {
  return `${name} ${blob.toString('base64')}`
}
