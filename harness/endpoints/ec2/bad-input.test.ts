import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../core/create.ts'
import type { MockRequest } from '../core/index.ts'
import type { Answer } from './testing/ask.ts'
import { read } from './testing/ask.ts'

describe('bad input', () => {
  const raw = async (given: Partial<MockRequest>): Promise<Answer> =>
    read(
      await (
        await createEndpoint('ec2', { signatures: 'lenient' })
      ).answer({
        method: 'POST',
        target: '/',
        host: 'ec2.eu-west-1.amazonaws.com',
        scheme: 'https',
        fields: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: new Uint8Array(),
        ...given,
      }),
    )
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

  test.each([
    ['nothing', {}, 'MissingAction', 400],
    ['an action that there is not', { body: bytes('Action=DescribeEverything') }, 'InvalidAction', 400],
    ['an action that reaches for a file', { body: bytes('Action=../machine') }, 'InvalidAction', 400],
    ['an empty action', { body: bytes('Action=&Version=2016-11-15') }, 'MissingAction', 400],
    ['a version that is no date', { body: bytes('Action=DescribeVolumes&Version=latest') }, 'NoSuchVersion', 400],
    ['a parameter that there is not', { body: bytes('Action=DescribeVolumes&Colour=red') }, 'UnknownParameter', 400],
    ['a list that is none', { body: bytes('Action=DescribeVolumes&VolumeId=vol-01234567') }, 'UnknownParameter', 400],
    [
      'a list without numbers',
      { body: bytes('Action=DescribeVolumes&VolumeId.one=vol-01234567') },
      'UnknownParameter',
      400,
    ],
    ['a number that is none', { body: bytes('Action=DescribeVolumes&MaxResults=many') }, 'InvalidParameterValue', 400],
    [
      'a filter that there is not',
      { body: bytes('Action=DescribeVolumes&Filter.1.Name=colour&Filter.1.Value.1=red') },
      'InvalidParameterValue',
      400,
    ],
    [
      'a filter without a name',
      { body: bytes('Action=DescribeVolumes&Filter.1.Value.1=red') },
      'MissingParameter',
      400,
    ],
    ['an escape that is none', { method: 'GET', target: '/?Action=Describe%ZZ' }, 'MalformedQueryString', 404],
    ['bytes that are no UTF-8', { body: new Uint8Array([0x41, 0x3d, 0xff, 0xfe]) }, 'MalformedQueryString', 404],
    ['XML', { fields: [['Content-Type', 'text/xml']], body: bytes('<DescribeVolumes') }, 'MissingAction', 400],
    ['JSON in a form', { body: bytes('{"Action":"DescribeVolumes"}') }, 'MissingAction', 400],
    ['another method', { method: 'DELETE' }, 'UnsupportedProtocol', 400],
  ] as const)('%s gets the documented error', async (_, given, code, status) => {
    const answer = await raw(given)
    expect([answer.code, answer.status]).toEqual([code, status])
  })

  test('of ten megabytes is answered as any other', async () => {
    const long = 'a'.repeat(10 * 2 ** 20)
    expect((await raw({ body: bytes(`Action=DescribeVolumes&VolumeId.1=${long}`) })).code).toBe(
      'InvalidVolumeID.Malformed',
    )
    const many = Array.from(
      { length: 100_000 },
      (_, index) => `&VolumeId.${index}=vol-${String(index).padStart(8, '0')}`,
    ).join('')
    expect((await raw({ body: bytes(`Action=DescribeVolumes${many}`) })).code).toBe('InvalidVolume.NotFound')
  })

  test('that no XML can hold comes back as a document all the same', async () => {
    const answer = await raw({ body: bytes('Action=%00%08%1b%EF%BF%BE%3C%26') })
    expect([answer.code, answer.message]).toEqual([
      'InvalidAction',
      'The action \uFFFD\uFFFD\uFFFD\uFFFD<& is not valid for this web service.',
    ])
  })
})
