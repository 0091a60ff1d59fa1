import { createHmac } from 'node:crypto'
import { CopySnapshotCommand, DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import type { Endpoint } from '../../core/index.ts'
import { serveEndpoint } from '../../faces/server.ts'
import type { Answer } from '../testing/ask.ts'
import { read } from '../testing/ask.ts'
import { encode } from './claim.ts'

const account = { id: '210987654321', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret/with+signs=' }
const noon = Date.parse('2026-06-01T12:00:00Z')
const strict = (): Promise<Endpoint> =>
  createEndpoint('ec2', { seed: { accounts: [account] }, clock: { kind: 'manual', start: noon } })

/** Signature version 2 as its specification tells it, for this test alone. */
function signedV2(
  method: 'GET' | 'POST',
  given: Readonly<Record<string, string>> = {},
  { secret = account.secretAccessKey, hash = 'HmacSHA256', path = '/' } = {},
): { method: string; target: string; body: string } {
  const all: Record<string, string> = {
    Action: 'DescribeRegions',
    Version: '2010-08-31',
    AWSAccessKeyId: account.accessKeyId,
    SignatureVersion: '2',
    SignatureMethod: hash,
    Timestamp: '2026-06-01T12:00:00Z',
    ...given,
  }
  const form = Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const text = `${method}\nec2.eu-west-1.amazonaws.com\n${path}\n${form}`
  const signature = createHmac(hash === 'HmacSHA1' ? 'sha1' : 'sha256', secret)
    .update(text)
    .digest('base64')
  const whole = `${form}&Signature=${encode(signature)}`
  return method === 'GET' ? { method, target: `${path}?${whole}`, body: '' } : { method, target: path, body: whole }
}

async function send(endpoint: Endpoint, asked: { method: string; target: string; body: string }): Promise<Answer> {
  return read(
    await endpoint.answer({
      ...asked,
      host: 'ec2.eu-west-1.amazonaws.com',
      scheme: 'https',
      fields: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: new TextEncoder().encode(asked.body),
    }),
  )
}

describe('signature version 2', () => {
  test.each([
    ['GET', 'HmacSHA256'],
    ['GET', 'HmacSHA1'],
    ['POST', 'HmacSHA256'],
    ['POST', 'HmacSHA1'],
  ] as const)('%s with %s is taken', async (method, hash) => {
    const answer = await send(await strict(), signedV2(method, {}, { hash }))
    expect([answer.status, answer.at('regionInfo.0.regionName') !== undefined]).toEqual([200, true])
  })

  test('signs names and values in byte order, with characters that forms write in several ways', async () => {
    const given = {
      'Filter.1.Name': 'region-name',
      'Filter.1.Value.1': "a b+c~*'()/ä",
      'Filter.1.Value.10': 'é',
      'Filter.1.Value.2': 'eu-*',
    }
    const answer = await send(await strict(), signedV2('GET', given))
    expect([answer.code, answer.at('regionInfo.0.regionName')?.startsWith('eu-')]).toEqual([undefined, true])
  })

  test('made with another secret is refused', async () => {
    const { code, status } = await send(await strict(), signedV2('GET', {}, { secret: 'other' }))
    expect([code, status]).toEqual(['SignatureDoesNotMatch', 403])
  })

  test('over other parameters is refused', async () => {
    const asked = signedV2('GET')
    const { code } = await send(await strict(), {
      ...asked,
      target: asked.target.replace('DescribeRegions', 'DescribeVolumes'),
    })
    expect(code).toBe('SignatureDoesNotMatch')
  })

  test.each([
    ['sixteen minutes old', { Timestamp: '2026-06-01T11:44:00Z' }, 'RequestExpired'],
    ['sixteen minutes early', { Timestamp: '2026-06-01T12:16:00Z' }, 'RequestExpired'],
    ['past its Expires', { Timestamp: '', Expires: '2026-06-01T11:59:59Z' }, 'RequestExpired'],
    ['without any time', { Timestamp: '' }, 'MissingParameter'],
    ['with both times', { Expires: '2026-06-01T12:10:00Z' }, 'InvalidParameterCombination'],
    ['with no time that there is', { Timestamp: 'noon' }, 'InvalidParameterValue'],
    ['of version 1', { SignatureVersion: '1' }, 'InvalidParameterValue'],
    ['of a key that nobody has', { AWSAccessKeyId: 'AKIDNOBODY' }, 'AuthFailure'],
    ['with a token that nobody asked for', { SecurityToken: 'x' }, 'InvalidClientTokenId'],
  ])('%s is refused', async (_, given, code) => {
    expect((await send(await strict(), signedV2('GET', given))).code).toBe(code)
  })

  test.each([{ Expires: '2026-06-01T12:10:00Z', Timestamp: '' }, { Timestamp: '2026-06-01T12:14:00' }])(
    'within its time is taken: %o',
    async (given) => {
      expect((await send(await strict(), signedV2('GET', given))).code).toBe(undefined)
    },
  )

  test('of no signature at all is missing its token', async () => {
    const { code, status } = await send(await strict(), { method: 'GET', target: '/?Action=DescribeRegions', body: '' })
    expect([code, status]).toEqual(['MissingAuthenticationToken', 403])
  })
})

describe('signature version 4, by the JavaScript SDK', () => {
  const client = (url: string, given: Readonly<Record<string, unknown>> = {}): EC2Client =>
    new EC2Client({
      endpoint: url,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: account.accessKeyId, secretAccessKey: account.secretAccessKey },
      ...given,
    })
  const served = async (): Promise<Awaited<ReturnType<typeof serveEndpoint>>> =>
    serveEndpoint(
      await createEndpoint('ec2', {
        seed: { accounts: [account, { ...account, accessKeyId: 'ASIA1', sessionToken: 'role' }] },
      }),
    )
  const codeOf = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'taken',
      (error: { name: string }) => error.name,
    )

  test('is taken, and its scope is the region', async () => {
    await using server = await served()
    const { Regions = [] } = await client(server.url).send(new DescribeRegionsCommand({ RegionNames: ['eu-west-1'] }))
    expect(Regions[0]?.Endpoint).toBe('ec2.eu-west-1.amazonaws.com')
  })

  test('of a session is taken with its token, and refused without', async () => {
    await using server = await served()
    const session = { accessKeyId: 'ASIA1', secretAccessKey: account.secretAccessKey, sessionToken: 'role' }
    const ask = (credentials: object): Promise<string> =>
      codeOf(client(server.url, { credentials }).send(new DescribeRegionsCommand()))
    expect([await ask(session), await ask({ ...session, sessionToken: 'other' })]).toEqual([
      'taken',
      'InvalidClientTokenId',
    ])
  })

  test.each([
    [
      'made with another secret',
      { credentials: { accessKeyId: account.accessKeyId, secretAccessKey: 'other' } },
      'SignatureDoesNotMatch',
    ],
    ['of a key that nobody has', { credentials: { accessKeyId: 'AKIDNOBODY', secretAccessKey: 'x' } }, 'AuthFailure'],
    ['made six minutes ago', { systemClockOffset: -6 * 60_000 }, 'RequestExpired'],
    ['made six minutes from now', { systemClockOffset: 6 * 60_000 }, 'RequestExpired'],
  ])('%s is refused', async (_, given, code) => {
    await using server = await served()
    // The SDK mends its clock after a first refusal; the first one is what is asked for here.
    expect(await codeOf(client(server.url, given).send(new DescribeRegionsCommand()))).toBe(code)
  })

  test('in a CopySnapshot carries a presigned request for the source region, and both are verified', async () => {
    await using server = await served()
    const copy = new CopySnapshotCommand({ SourceRegion: 'us-east-1', SourceSnapshotId: 'snap-0123456789abcdef0' })
    const code = await codeOf(client(server.url).send(copy))
    expect(['taken', 'InvalidSnapshot.NotFound']).toContain(code)
  })
})

test.each([
  [
    'an algorithm that there is not',
    'AWS4-HMAC-SHA1 Credential=a/20260601/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=00',
    'IncompleteSignature',
  ],
  [
    'no signature',
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260601/eu-west-1/ec2/aws4_request, SignedHeaders=host',
    'IncompleteSignature',
  ],
  [
    'a scope of three parts',
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260601/eu-west-1, SignedHeaders=host, Signature=00',
    'IncompleteSignature',
  ],
  [
    'the scope of another service',
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260601/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=00',
    'SignatureDoesNotMatch',
  ],
  [
    'another terminator',
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260601/eu-west-1/ec2/aws3_request, SignedHeaders=host, Signature=00',
    'SignatureDoesNotMatch',
  ],
  [
    'the day of another date',
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260531/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=00',
    'SignatureDoesNotMatch',
  ],
  [
    'a host that is not signed',
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260601/eu-west-1/ec2/aws4_request, SignedHeaders=x-amz-date, Signature=00',
    'SignatureDoesNotMatch',
  ],
  ['Basic', 'Basic YTpi', 'IncompleteSignature'],
])('an Authorization with %s is refused: %#', async (_, authorization, code) => {
  const answer = read(
    await (
      await strict()
    ).answer({
      method: 'POST',
      target: '/',
      host: 'ec2.eu-west-1.amazonaws.com',
      scheme: 'https',
      fields: [
        ['Authorization', authorization],
        ['X-Amz-Date', '20260601T120000Z'],
      ],
      body: new TextEncoder().encode('Action=DescribeRegions'),
    }),
  )
  expect(answer.code).toBe(code)
})

test('lenient takes any signature and none, and keeps keys that nobody announced apart', async () => {
  const endpoint = await createEndpoint('ec2', { signatures: 'lenient' })
  const make = (key: string): Promise<Answer> =>
    send(
      endpoint,
      signedV2(
        'GET',
        { Action: 'CreateVolume', AvailabilityZone: 'eu-west-1a', Size: '8', AWSAccessKeyId: key },
        { secret: 'any' },
      ),
    )
  const count = async (key: string): Promise<string | undefined> =>
    (await send(endpoint, signedV2('GET', { Action: 'DescribeVolumes', AWSAccessKeyId: key }))).at(
      'volumeSet.1.volumeId',
    )
  await make('one')
  await make('one')
  await make('two')
  expect([(await count('one')) !== undefined, await count('two')]).toEqual([true, undefined])
})
