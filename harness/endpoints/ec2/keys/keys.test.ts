import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { givenKey } from './given-key.ts'
import { sshString } from './ssh-wire.ts'
import { ed25519Key, puttyFile, rsaKey } from './made-key.ts'

const secret = Buffer.from(Array.from({ length: 32 }, (_, index) => index))

describe('keys that are made', () => {
  test('an RSA key is a real one of 2048 bits, and its fingerprint is the SHA-1 of its private part', () => {
    const made = rsaKey(0)
    const key = createPrivateKey(made.pem)
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048)
    const digest = createHash('sha1')
      .update(key.export({ format: 'der', type: 'pkcs8' }))
      .digest('hex')
    expect(made.fingerprint.replaceAll(':', '')).toBe(digest)
    expect(made.fingerprint).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2}){19}$/)
  })

  test('an RSA key signs what its public part verifies', () => {
    const made = rsaKey(7)
    const given = givenKey(made.publicKey)
    const der = createPublicKey(createPrivateKey(made.pem)).export({ format: 'der', type: 'spki' })
    expect(given?.fingerprint.replaceAll(':', '')).toBe(createHash('md5').update(der).digest('hex'))
  })

  test('the pool holds 496 RSA keys, and no two are the same', () => {
    // Fingerprints cost a private key each: the first, the last and those at the seams will do.
    const some = [0, 1, 30, 31, 32, 60, 61, 62, 494, 495].map((n) => rsaKey(n).fingerprint)
    expect(new Set(some).size).toBe(some.length)
    expect(rsaKey(496).fingerprint).toBe(rsaKey(0).fingerprint)
  })

  test('an ED25519 key comes in the form of OpenSSH, with the fingerprint that ssh-keygen shows', () => {
    const made = ed25519Key(secret)
    expect(made.pem).toMatch(
      /^-----BEGIN OPENSSH PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+\n-----END OPENSSH PRIVATE KEY-----\n$/,
    )
    const blob = made.publicKey.split(' ')[1] ?? ''
    expect(made.fingerprint).toBe(createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64'))
  })

  test("PuTTY's file tells the lines of both parts, and ends with the code that guards them", () => {
    const file = puttyFile(rsaKey(0), 'deploy').split('\r\n')
    expect(file.slice(0, 3)).toEqual(['PuTTY-User-Key-File-2: ssh-rsa', 'Encryption: none', 'Comment: deploy'])
    const open = Number(/^Public-Lines: (\d+)$/.exec(file[3] ?? '')?.[1])
    const closed = Number(/^Private-Lines: (\d+)$/.exec(file[4 + open] ?? '')?.[1])
    expect(file[5 + open + closed]).toMatch(/^Private-MAC: [0-9a-f]{40}$/)
  })
})

describe('keys that are given', () => {
  const openSsh = rsaKey(3).publicKey
  const body = openSsh.split(' ')[1] ?? ''
  const fingerprint = givenKey(openSsh)?.fingerprint
  const noExponent = Buffer.concat([sshString('ssh-rsa'), sshString(''), sshString(Buffer.alloc(256, 7))]).toString(
    'base64',
  )

  test.each([
    ['a line with a comment', `${openSsh} me@example.com\n`],
    ['the file of RFC 4716', `---- BEGIN SSH2 PUBLIC KEY ----\n${body}\n---- END SSH2 PUBLIC KEY ----\n`],
    [
      'the same with a header over two lines',
      `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "me \\\nand you"\n${body}\n---- END SSH2 PUBLIC KEY ----`,
    ],
    [
      'DER in base64',
      createPublicKey(createPrivateKey(rsaKey(3).pem))
        .export({ format: 'der', type: 'spki' })
        .toString('base64'),
    ],
  ])('%s is understood', (_, material) => {
    expect(givenKey(material)?.fingerprint).toBe(fingerprint)
  })

  test.each([
    ['nothing', ''],
    ['a word', 'garbage'],
    ['an RSA key without an exponent', `ssh-rsa ${noExponent}`],
    ['a DSA key', 'ssh-dss AAAAB3NzaC1kc3MAAACBAJ0aXctV'],
    ['a line that is cut short', openSsh.slice(0, 60)],
    ['an RSA key under the name of another', `ssh-ed25519 ${body}`.slice(0, 90)],
  ])('%s is refused', (_, material) => {
    expect(givenKey(material)).toBe(undefined)
  })
})
