import { describe, expect, test } from 'vitest'
import type { CreateOptions } from '../core/create.ts'
import { createEndpoint } from '../core/create.ts'
import type { Endpoint } from '../core/index.ts'
import { ec2Errors } from './errors.ts'
import { ask } from './testing/ask.ts'

const image = 'ami-0a1b2c3d4e5f60001'
const lenient = (options: CreateOptions = {}): Promise<Endpoint> =>
  createEndpoint('ec2', { signatures: 'lenient', ...options })
const one = { ImageId: image, MinCount: '1', MaxCount: '1' }
const volume = { AvailabilityZone: 'us-east-1a', Size: '8' }

async function stateAfter(endpoint: Endpoint, id: string): Promise<string | undefined> {
  return (await ask(endpoint, 'DescribeInstances', { 'InstanceId.1': id })).at(
    'reservationSet.0.instancesSet.0.instanceState.name',
  )
}

async function launched(endpoint: Endpoint): Promise<string> {
  return (await ask(endpoint, 'RunInstances', one)).at('instancesSet.0.instanceId') ?? ''
}

describe('the clock', () => {
  test('instant: pending in the answer of the launch, running in the next', async () => {
    const endpoint = await lenient()
    const run = await ask(endpoint, 'RunInstances', one)
    expect(run.at('instancesSet.0.instanceState.name')).toBe('pending')
    expect(await stateAfter(endpoint, run.at('instancesSet.0.instanceId') ?? '')).toBe('running')
  })

  test('polls:2: two looks see it pending, the third sees it running', async () => {
    const endpoint = await lenient({ clock: 'polls:2' })
    const id = await launched(endpoint)
    expect([await stateAfter(endpoint, id), await stateAfter(endpoint, id), await stateAfter(endpoint, id)]).toEqual([
      'pending',
      'pending',
      'running',
    ])
  })

  test('manual: nothing moves until it is moved', async () => {
    const endpoint = await lenient({ clock: 'manual', seed: { durations: { 'instance-start': 1_000 } } })
    const id = await launched(endpoint)
    expect(await stateAfter(endpoint, id)).toBe('pending')
    endpoint.clock.advance(999)
    expect(await stateAfter(endpoint, id)).toBe('pending')
    endpoint.clock.advance(1)
    expect(await stateAfter(endpoint, id)).toBe('running')
  })
})

describe('what was made', () => {
  test('is the same at every run, and another with another seed', async () => {
    const body = async (random: number): Promise<string> => {
      const endpoint = await lenient({ clock: 'manual', random })
      await launched(endpoint)
      return (await ask(endpoint, 'DescribeInstances')).body
    }
    expect(await body(7)).toBe(await body(7))
    expect(await body(7)).not.toBe(await body(8))
  })

  test('in one region is not in another', async () => {
    const endpoint = await lenient()
    await ask(endpoint, 'CreateVolume', volume)
    const [here, there] = await Promise.all(
      ['us-east-1', 'eu-west-1'].map((region) => ask(endpoint, 'DescribeVolumes', {}, region)),
    )
    expect([here?.at('volumeSet.0.size'), there?.at('volumeSet.0.size')]).toEqual(['8', undefined])
  })

  test('under one access key is not seen by another, and a reset of one leaves the other alone', async () => {
    const endpoint = await lenient()
    const count = async (key: string): Promise<boolean> =>
      (await ask(endpoint, 'DescribeVolumes', signedAs(key))).at('volumeSet.0.volumeId') !== undefined
    await ask(endpoint, 'CreateVolume', { ...volume, ...signedAs('one') })
    await ask(endpoint, 'CreateVolume', { ...volume, ...signedAs('two') })
    expect(await count('three')).toBe(false)
    expect([endpoint.reset('one'), endpoint.reset('nobody')]).toEqual([true, false])
    expect([await count('one'), await count('two')]).toEqual([false, true])
    expect(endpoint.reset()).toBe(true)
    expect(await count('two')).toBe(false)
  })

  test('answers NotFound to as many looks as eventual consistency has polls', async () => {
    const endpoint = await lenient({ seed: { consistency: { polls: 2 } } })
    const id = (await ask(endpoint, 'CreateVolume', volume)).at('volumeId') ?? ''
    const look = async (): Promise<string | undefined> =>
      (await ask(endpoint, 'DescribeVolumes', { 'VolumeId.1': id })).code
    expect([await look(), await look(), await look()]).toEqual([
      'InvalidVolume.NotFound',
      'InvalidVolume.NotFound',
      undefined,
    ])
  })
})

function signedAs(key: string): Record<string, string> {
  return {
    AWSAccessKeyId: key,
    SignatureVersion: '2',
    SignatureMethod: 'HmacSHA256',
    Signature: 'x',
    Timestamp: '2026-01-01T00:00:00Z',
  }
}

describe('a fault plan', () => {
  test.each(Object.entries(ec2Errors))('can answer any call with %s', async (code, [status]) => {
    const endpoint = await lenient({ faults: [{ operation: 'DescribeVolumes', fault: code }] })
    const answer = await ask(endpoint, 'DescribeVolumes')
    expect([answer.code, answer.status, answer.message === '']).toEqual([code, status, false])
  })

  test('meets the n-th call of an operation, in a region, on a resource', async () => {
    const endpoint = await lenient({
      faults: [
        { operation: 'DescribeVolumes', region: 'eu-west-1', fault: 'RequestLimitExceeded', call: 2 },
        { resource: 'vol-0123456789abcdef0', fault: 'InternalError' },
      ],
    })
    const codes: (string | undefined)[] = []
    for (const region of ['eu-west-1', 'us-east-1', 'eu-west-1', 'eu-west-1'])
      codes.push((await ask(endpoint, 'DescribeVolumes', {}, region)).code)
    expect(codes).toEqual([undefined, undefined, 'RequestLimitExceeded', undefined])
    const named = await ask(endpoint, 'DescribeVolumes', { 'VolumeId.1': 'vol-0123456789abcdef0' })
    expect([named.code, named.status]).toEqual(['InternalError', 500])
  })

  test('drawn by a share is the same at every run', async () => {
    const codes = async (random: number): Promise<string> => {
      const endpoint = await lenient({ random, faults: [{ fault: 'Unavailable', share: 0.5 }] })
      let seen = ''
      for (let call = 0; call < 40; call++)
        seen += (await ask(endpoint, 'DescribeVolumes')).code === undefined ? '.' : 'x'
      return seen
    }
    expect(await codes(3)).toBe(await codes(3))
    expect(await codes(3)).not.toBe(await codes(4))
    expect(await codes(3)).toMatch(/x/)
  })

  test('that loses an answer has carried the request out, unless it says otherwise', async () => {
    const count = async (executed: boolean): Promise<number> => {
      const endpoint = await lenient({ faults: [{ operation: 'CreateVolume', fault: 'reset', executed }] })
      const lost = await ask(endpoint, 'CreateVolume', volume)
      expect(lost.delivery.kind).toBe('reset')
      return (await ask(endpoint, 'DescribeVolumes')).at('volumeSet.0.volumeId') === undefined ? 0 : 1
    }
    expect([await count(true), await count(false)]).toEqual([1, 0])
  })

  test.each([
    [[{ fault: 'RequestLimitExceded' }], 'faults: [0].fault', 'Did you mean RequestLimitExceeded?'],
    [[{ fault: 'reset', operation: 'DescribeVolume' }], 'faults: [0].operation', 'Did you mean DescribeVolumes?'],
    [[{ fault: 'reset', often: 3 }], 'faults: [0].often', 'Remove "often".'],
  ])('that names what there is not is refused: %j', async (faults, path, mend) => {
    await expect(lenient({ faults })).rejects.toMatchObject({ path, mend })
  })

  test('and what was called are in the coverage report', async () => {
    const endpoint = await lenient({
      faults: [
        { operation: 'DescribeVolumes', fault: 'Unavailable', call: 2 },
        { fault: 'reset', operation: 'CreateVolume' },
      ],
    })
    await ask(endpoint, 'DescribeVolumes')
    await ask(endpoint, 'DescribeVolumes')
    await ask(endpoint, 'DescribeNothing')
    const { operations, untouched, unknown, faults } = endpoint.coverage()
    expect(operations).toEqual({ DescribeVolumes: { calls: 2, errors: { Unavailable: 1 } } })
    expect([untouched.includes('DescribeVolumes'), untouched.includes('RunInstances'), unknown]).toEqual([
      false,
      true,
      { DescribeNothing: 1 },
    ])
    expect(faults.map(({ fired }) => fired)).toEqual([1, 0])
  })
})
