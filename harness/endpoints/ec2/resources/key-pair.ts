import { resourceKind } from '../store.ts'

export interface KeyPair {
  readonly id: string
  readonly name: string
  /** Colon-separated hex: SHA-1 of the private key for created RSA keys, MD5 of the public key for imported ones. */
  readonly fingerprint: string
  readonly type: 'rsa' | 'ed25519'
  /** In OpenSSH's form. */
  readonly publicKey: string
  readonly createTime: Date
}

export const keyPairs = resourceKind<KeyPair>({ name: 'key-pair', prefix: 'key', notFound: 'InvalidKeyPair.NotFound' })
