import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../kernel/index.ts'
import { createRedactor } from './redact.ts'
import { mark } from './secret-literals.ts'

const redact = createRedactor({ secrets: ['opensesame-42', 'Zä hl"e&'] })

describe('a secret that was given', () => {
  test.each([
    ['as it is', 'the value opensesame-42 leaked'],
    ['inside a URL', 'http://h/?q=opensesame-42'],
    ['percent-encoded', 'http://h/?q=Z%C3%A4%20hl%22e%26'],
    ['percent-encoded in lower case', 'Z%c3%a4%20hl%22e%26'],
    ['form-encoded', 'Z%C3%A4+hl%22e%26'],
    ['escaped as JSON inside text', 'log: Zä hl\\"e& end'],
    ['as base64', Buffer.from('opensesame-42').toString('base64')],
    ['inside base64, at any offset', Buffer.from('x:opensesame-42:y').toString('base64')],
    ['inside base64url', Buffer.from('xy:opensesame-42').toString('base64url')],
  ])('is hidden %s', (_, text) => {
    const clean = redact(text)
    expect(clean).toContain(mark)
    const decoded = clean.split(mark).map((part) => Buffer.from(part, 'base64').toString())
    expect([clean, decodeURIComponent(clean), ...decoded].join(' ')).not.toMatch(/opensesame|Zä hl/)
  })

  test('never survives, wherever in plain data it stands', () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 40, unit: 'grapheme' })
      .filter((text) => text.length >= 4 && !mark.includes(text))
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), fc.json(), (planted, before, after, other) => {
        const text = `${before}${planted}${after}`
        const given = { list: [text, { [text]: 1 }], nested: { evidence: text }, other: `${other} ${planted}` }
        const clean = createRedactor({ secrets: [planted] })(given)
        expect(stringsOf(clean).filter((one) => one.includes(planted))).toEqual([])
      }),
    )
  })

  test('never spells itself anew out of its replacement and what stood beside it', () => {
    expect(createRedactor({ secrets: ['xx[red', 'SECRET'] })('xxSECRET')).not.toContain('xx[red')
  })

  test('of fewer than four characters is refused, because hiding it would destroy ordinary text', () => {
    expect(() => createRedactor({ secrets: ['abc'] })).toThrow(UsageError)
    expect(createRedactor({ secrets: [''] })('abc')).toBe('abc')
  })
})

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) =>
    Array.isArray(value) ? stringsOf(inside) : [key, ...stringsOf(inside)],
  )
}

describe('text that looks like a credential', () => {
  // Put together here so that this file itself holds nothing that a scanner would stop.
  const aws = ['AKIA', 'IOSFODNN7EXAMPLE'].join('')
  const awsSecret = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')
  const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.')
  const pem = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEow/+IBAAKCAQEA', '-----END RSA PRIVATE KEY-----'].join('\n')

  test.each([
    ['a bearer token', 'sent Authorization: Bearer abcdefghij', 'abcdefghij'],
    ['a bearer token alone', 'with Bearer mF_9.B5f-4.1JqM', 'mF_9'],
    ['basic credentials of letters only', 'Basic dXNlcjpwYXNz was sent', 'dXNlcjpwYXNz'],
    [
      'digest credentials to the end of the line',
      'Authorization: Digest username="M", response="6629"\r\nHost: h',
      '6629',
    ],
    ['a JSON Web Token', `got ${jwt}`, 'c2lnbmF0dXJl'],
    ['an AWS access key id', `id ${aws},`, aws],
    ['an AWS secret access key', `key "${awsSecret}"`, awsSecret],
    ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`, 'a1B2'],
    ['a GitHub fine-grained token', `github_pat_${'a1B2'.repeat(9)}`, 'a1B2'],
    ['a Slack token', ['xoxb', '123456789012', 'abcdef'].join('-'), '123456789012'],
    ['a private key', `before ${pem} after`, 'MIIEow'],
    ['a private key that is cut off', pem.slice(0, 50), 'MIIEow'],
    ['a private key with escaped line ends', JSON.stringify({ file: pem }), 'MIIEow'],
    ['a password in a URL', 'postgres://app:s3cr@t@db/x', 's3cr'],
    ['a signature in a query', 'https://b/o?X-Amz-Signature=fe5f80&x=1', 'fe5f80'],
    ['a key in a query', 'https://b/o?a=1&key=k3y#top', 'k3y'],
    ['a Google API key', `AIza${'Sy-_'.repeat(8)}abc`, 'Sy-_'],
    ['a Stripe key', `sk_live_${'4eC39'.repeat(5)}`, '4eC39'],
    ['a password in a log line', 'password: hunter2', 'hunter2'],
    ['a password of several words', '{"db_password": "correct horse"}', 'horse'],
    ['a secret in XML', '<SecretAccessKey>abc123</SecretAccessKey>', 'abc123'],
    ['a password of a command line', 'mysql --password hunter2 -e x', 'hunter2'],
    ['a user of curl', 'curl -u bob:hunter2 http://h/', 'hunter2'],
    ['a request cookie', 'Cookie: sid=abc123; theme=d', 'abc123'],
  ])('hides %s', (_, text, secret) => {
    const clean = redact(text)
    expect(clean).toContain(mark)
    expect(clean).not.toContain(secret)
  })

  test('leaves what stands around it', () => {
    expect(redact(`before ${pem} after`)).toBe(`before ${mark} after`)
    expect(redact('postgres://app:pw@db:5432/x?ssl=on')).toBe(`postgres://app:${mark}@db:5432/x?ssl=on`)
    expect(redact('Set-Cookie: sid=abc; Path=/; HttpOnly')).toBe(`Set-Cookie: sid=${mark}; Path=/; HttpOnly`)
  })
})

describe('ordinary text', () => {
  test.each([
    'ETag: W/"5f3a-1bc9d0"',
    'ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"',
    'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'Digest: sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=',
    'Fri, 21 Nov 2026 09:48:23 GMT',
    '2026-11-21T09:48:23.000Z run 2026-11-21T09-48-23Z-a1b2',
    '/usr/share/doc/Nginx1/Examples/Conf/Default/Site',
    'WWW-Authenticate: Basic realm="staff", charset="UTF-8"',
    'WWW-Authenticate: Bearer realm="x", error_uri="http://h/e"',
    'Basic authentication over http shows passwords to everybody.',
    'Vary: Authorization, Cookie',
    'server_tokens on; server_tokens: off',
    'Server: nginx/1.22.1',
    'Cache-Control: private, max-age=60',
    'http://127.0.0.1:8080/page?lang=de&sort=keys',
    'ssh://git@example.test/repository.git',
    'seatrial http http://127.0.0.1/ --only http/token-shown',
    '550e8400-e29b-41d4-a716-446655440000',
    '{"a": [1, 2.5, "x"], "hasPassword": true}',
  ])('stays: %s', (text) => {
    expect(redact(text)).toBe(text)
  })
})

describe('names that say what their value is', () => {
  test.each(['authorization', 'Proxy-Authorization', 'x-api-key', 'accessToken', 'CLIENT_SECRET', 'db-password'])(
    'hide it: %s',
    (name) => {
      expect(redact({ [name]: 'plain' })).toEqual({ [name]: mark })
      expect(redact([{ name, value: 'plain' }])).toEqual([{ name, value: mark }])
      expect(
        redact([
          [name, 'plain'],
          ['accept', 'text'],
        ]),
      ).toEqual([
        [name, mark],
        ['accept', 'text'],
      ])
      expect(redact(JSON.stringify({ [name]: ['plain'] }))).toBe(JSON.stringify({ [name]: [mark] }))
    },
  )

  test('of cookies keep the name and the attributes', () => {
    expect(redact({ 'set-cookie': ['sid=abc; Path=/; Max-Age=60', 'theme=d; Secure'], Cookie: 'a=1; b=2' })).toEqual({
      'set-cookie': [`sid=${mark}; Path=/; Max-Age=60`, `theme=${mark}; Secure`],
      Cookie: `a=${mark}; b=${mark}`,
    })
  })

  test('leave settings, states and lists of names alone', () => {
    const plain = {
      serverTokens: 'on',
      token_type: 'jwt',
      hasPassword: true,
      secret: null,
      names: ['authorization', 'accept'],
    }
    expect(redact(plain)).toEqual(plain)
  })

  test('reach the sentence and the evidence of a finding about cookies', () => {
    const finding = {
      place: 'response.fields.set-cookie',
      sentence: 'The cookie sid=abc lacks Secure.',
      evidence: { line: 'sid=abc; Path=/' },
    }
    expect(JSON.stringify(redact(finding))).not.toContain('abc')
    expect(redact(finding).evidence.line).toBe(`sid=${mark}; Path=/`)
  })
})

describe('hostile input', () => {
  const units = [
    'a',
    'eyJ-',
    'eyJaaaaaa.',
    'token="',
    'tokentoken',
    '://a',
    'a://b:c',
    '-----BEGIN ',
    'Bearer ',
    'cookie: a=',
    'AKIA',
    '&key=',
    '\\"a\\":\\"',
    '[[',
    '{"a":',
  ]
  test.each(units)('of a million characters is read in linear time: %s', (unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length))
    const begin = performance.now()
    redact({ place: 'response.fields.cookie', text })
    expect(performance.now() - begin).toBeLessThan(2_000)
  })

  test('of any depth is hidden below what is sensible, not followed', () => {
    let deep: unknown = 'bottom'
    for (let level = 0; level < 50_000; level += 1) deep = [deep]
    expect(JSON.stringify(redact(deep))).toContain(mark)
  })
})
