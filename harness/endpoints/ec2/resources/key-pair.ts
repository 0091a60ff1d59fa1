import type { FilterValue } from '../filters.ts'
import { text } from '../parameters.ts'
import { resourceKind } from '../resource.ts'
import type { Region } from '../store.ts'
import { tagsOf } from '../tagging.ts'
import type { Xml } from '../wire/xml.ts'

export interface KeyPair {
  readonly id: string
  readonly name: string
  /** Colon-separated hex: SHA-1 of the private key for created RSA keys, MD5 of the public key for imported ones. */
  readonly fingerprint: string
  readonly type: 'rsa' | 'ed25519'
  /** In OpenSSH's form, with the name as its comment. */
  readonly publicKey: string
  readonly createTime: Date
}

export const keyPairs = resourceKind<KeyPair>({ name: 'key-pair', prefix: 'key', notFound: 'InvalidKeyPair.NotFound' })

/** Up to 255 characters of ASCII, with no space at either end (API reference, CreateKeyPair). */
export const keyName = text({ pattern: /^[!-~](?:[ -~]{0,253}[!-~])?$/ })

export function keyNamed(name: string, region: Region): KeyPair | undefined {
  for (const key of region.of(keyPairs).everything()) if (key.name === name) return key
  return undefined
}

export function keyPairView(key: KeyPair, region: Region, withPublicKey: boolean): Xml {
  return {
    keyPairId: key.id,
    keyName: key.name,
    keyFingerprint: key.fingerprint,
    keyType: key.type,
    tagSet: tagsOf(region, key.id),
    publicKey: withPublicKey ? key.publicKey : undefined,
    createTime: key.createTime,
  }
}

export const keyPairFilters: Readonly<Record<string, (key: KeyPair, region: Region) => FilterValue>> = {
  'key-pair-id': ({ id }) => id,
  fingerprint: ({ fingerprint }) => fingerprint,
  'key-name': ({ name }) => name,
}
