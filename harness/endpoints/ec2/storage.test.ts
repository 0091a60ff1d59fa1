import { describe, expect, test } from 'vitest'
import type { CreateOptions } from '../core/create.ts'
import { createEndpoint } from '../core/create.ts'
import type { Endpoint } from '../core/index.ts'
import type { Answer } from './testing/ask.ts'
import { ask } from './testing/ask.ts'

const start = (options: CreateOptions = {}): Promise<Endpoint> =>
  createEndpoint('ec2', { signatures: 'lenient', clock: 'manual', ...options })

async function idOf(answer: Promise<Answer>, path: string): Promise<string> {
  const { at, code, message } = await answer
  const id = at(path)
  if (id === undefined) throw new Error(`no ${path}: ${code ?? ''} ${message ?? ''}`)
  return id
}

async function volumeOf(endpoint: Endpoint, given: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = ask(endpoint, 'CreateVolume', { AvailabilityZone: 'us-east-1a', Size: '8', ...given })
  const id = await idOf(made, 'volumeId')
  endpoint.clock.advance(60_000)
  return id
}

/** Who asks: lenient endpoints read the access key and believe it. */
const as = (accessKeyId: string): Record<string, string> => ({
  AWSAccessKeyId: accessKeyId,
  Signature: 'any',
  SignatureVersion: '2',
})

describe('a volume', () => {
  test('that is deleted is shown as deleting for a while, and is not found after that', async () => {
    const endpoint = await start()
    const id = await volumeOf(endpoint)
    await ask(endpoint, 'DeleteVolume', { VolumeId: id })
    const look = (): Promise<Answer> => ask(endpoint, 'DescribeVolumes', { 'VolumeId.1': id })
    expect((await look()).at('volumeSet.0.status')).toBe('deleting')
    endpoint.clock.advance(60_000)
    expect((await look()).code).toBe('InvalidVolume.NotFound')
  })

  test('has its old size while it is modified, and the new one from optimizing on', async () => {
    const endpoint = await start()
    const id = await volumeOf(endpoint)
    await ask(endpoint, 'ModifyVolume', { VolumeId: id, Size: '16' })
    const sizes: (string | undefined)[] = []
    for (const ms of [0, 10_000]) {
      endpoint.clock.advance(ms)
      sizes.push(
        (await ask(endpoint, 'DescribeVolumes', { 'Filter.1.Name': 'volume-id', 'Filter.1.Value.1': id })).at(
          'volumeSet.0.size',
        ),
      )
    }
    expect(sizes).toEqual(['8', '16'])
  })

  test('whose device stays busy is in use until it is detached by force', async () => {
    const endpoint = await start({ faults: [{ operation: 'DetachVolume', fault: 'detachment-busy', times: 1 }] })
    const run = ask(endpoint, 'RunInstances', { ImageId: 'ami-0a1b2c3d4e5f60001', MinCount: '1', MaxCount: '1' })
    const instance = await idOf(run, 'instancesSet.0.instanceId')
    const id = await volumeOf(endpoint)
    await ask(endpoint, 'AttachVolume', { VolumeId: id, InstanceId: instance, Device: '/dev/sdh' })
    const seen: (string | undefined)[] = []
    for (const given of [{}, { Force: 'true' }]) {
      endpoint.clock.advance(60_000)
      await ask(endpoint, 'DetachVolume', { VolumeId: id, ...given })
      endpoint.clock.advance(60_000)
      const { at } = await ask(endpoint, 'DescribeVolumes', { 'VolumeId.1': id })
      seen.push(at('volumeSet.0.status'), at('volumeSet.0.attachmentSet.0.status'))
    }
    expect(seen).toEqual(['in-use', 'busy', 'available', undefined])
  })
})

describe('encryption by default', () => {
  test('encrypts new volumes and copies of that region with its own key, and those of no other region', async () => {
    const endpoint = await start()
    await ask(endpoint, 'EnableEbsEncryptionByDefault', {}, 'eu-west-1')
    const snapshot = await idOf(ask(endpoint, 'CreateSnapshot', { VolumeId: await volumeOf(endpoint) }), 'snapshotId')
    endpoint.clock.advance(60_000)
    const copied = ask(endpoint, 'CopySnapshot', { SourceRegion: 'us-east-1', SourceSnapshotId: snapshot }, 'eu-west-1')
    const copy = await idOf(copied, 'snapshotId')
    const there = await ask(endpoint, 'DescribeSnapshots', { 'SnapshotId.1': copy }, 'eu-west-1')
    const here = await ask(endpoint, 'DescribeSnapshots', { 'SnapshotId.1': snapshot })
    expect(there.at('snapshotSet.0.kmsKeyId')).toMatch(/^arn:aws:kms:eu-west-1:123456789012:key\//)
    expect(here.at('snapshotSet.0.encrypted')).toBe('false')
  })
})

describe('a snapshot', () => {
  const seed = {
    accounts: [
      { id: '111111111111', accessKeyId: 'OWNER', secretAccessKey: 'x' },
      { id: '222222222222', accessKeyId: 'FRIEND', secretAccessKey: 'x' },
    ],
  }

  test('is seen by another account once it may make volumes of it, and still not its to delete', async () => {
    const endpoint = await start({ seed })
    const volume = await volumeOf(endpoint, as('OWNER'))
    const id = await idOf(ask(endpoint, 'CreateSnapshot', { VolumeId: volume, ...as('OWNER') }), 'snapshotId')
    endpoint.clock.advance(60_000)
    const look = async (): Promise<string | undefined> =>
      (await ask(endpoint, 'DescribeSnapshots', as('FRIEND'))).at('snapshotSet.0.snapshotId')
    const make = (): Promise<Answer> =>
      ask(endpoint, 'CreateVolume', { AvailabilityZone: 'us-east-1a', SnapshotId: id, ...as('FRIEND') })
    expect([await look(), (await make()).code]).toEqual([undefined, 'InvalidSnapshot.NotFound'])
    await ask(endpoint, 'ModifySnapshotAttribute', {
      SnapshotId: id,
      'CreateVolumePermission.Add.1.UserId': '222222222222',
      ...as('OWNER'),
    })
    expect([await look(), (await make()).at('size')]).toEqual([id, '8'])
    expect((await ask(endpoint, 'DeleteSnapshot', { SnapshotId: id, ...as('FRIEND') })).code).toBe('AuthFailure')
  })

  test('that is public is not seen by another test of the same account', async () => {
    const endpoint = await start()
    const volume = await volumeOf(endpoint, as('TESTONE'))
    const id = await idOf(ask(endpoint, 'CreateSnapshot', { VolumeId: volume, ...as('TESTONE') }), 'snapshotId')
    await ask(endpoint, 'ModifySnapshotAttribute', {
      SnapshotId: id,
      'CreateVolumePermission.Add.1.Group': 'all',
      ...as('TESTONE'),
    })
    const seen = async (key: string): Promise<string | undefined> =>
      (await ask(endpoint, 'DescribeSnapshots', as(key))).at('snapshotSet.0.snapshotId')
    expect([await seen('TESTONE'), await seen('TESTTWO')]).toEqual([id, undefined])
  })

  test('of which a copy is held back by the fault plan stays pending in the other region', async () => {
    const endpoint = await start({ faults: [{ operation: 'CopySnapshot', fault: 'snapshot-stalls' }] })
    const id = await idOf(ask(endpoint, 'CreateSnapshot', { VolumeId: await volumeOf(endpoint) }), 'snapshotId')
    endpoint.clock.advance(60_000)
    const asked = { SourceRegion: 'us-east-1', SourceSnapshotId: id }
    const copy = await idOf(ask(endpoint, 'CopySnapshot', asked, 'eu-west-1'), 'snapshotId')
    endpoint.clock.advance(86_400_000)
    const { at } = await ask(endpoint, 'DescribeSnapshots', { 'SnapshotId.1': copy }, 'eu-west-1')
    expect([at('snapshotSet.0.status'), at('snapshotSet.0.progress')]).toEqual(['pending', '41%'])
  })
})

describe('an image', () => {
  const copied = (endpoint: Endpoint): Promise<string> =>
    idOf(
      ask(endpoint, 'CopyImage', {
        SourceRegion: 'us-east-1',
        SourceImageId: 'ami-0a1b2c3d4e5f60001',
        Name: 'ours',
        Encrypted: 'true',
      }),
      'imageId',
    )
  const launch = (endpoint: Endpoint, ImageId: string): Promise<Answer> =>
    ask(endpoint, 'RunInstances', { ImageId, MinCount: '1', MaxCount: '1' })

  test('can be launched once it is available, no longer when it is deregistered, and its volumes are as it says', async () => {
    const endpoint = await start()
    const id = await copied(endpoint)
    expect((await launch(endpoint, id)).code).toBe('InvalidAMIID.Unavailable')
    endpoint.clock.advance(600_000)
    const volume = await idOf(launch(endpoint, id), 'instancesSet.0.blockDeviceMapping.0.ebs.volumeId')
    const { at } = await ask(endpoint, 'DescribeVolumes', { 'VolumeId.1': volume })
    expect([at('volumeSet.0.encrypted'), at('volumeSet.0.kmsKeyId')?.startsWith('arn:aws:kms:us-east-1:')]).toEqual([
      'true',
      true,
    ])
    await ask(endpoint, 'DeregisterImage', { ImageId: id })
    expect((await launch(endpoint, id)).code).toBe('InvalidAMIID.Unavailable')
  })

  test('that is deprecated is shown to its owner alone unless deprecated ones are asked for', async () => {
    const seed = {
      accounts: [
        { id: '111111111111', accessKeyId: 'OWNER', secretAccessKey: 'x' },
        { id: '222222222222', accessKeyId: 'FRIEND', secretAccessKey: 'x' },
      ],
    }
    const endpoint = await start({ seed })
    const asked = { SourceRegion: 'us-east-1', SourceImageId: 'ami-0a1b2c3d4e5f60001', Name: 'ours' }
    const ImageId = await idOf(ask(endpoint, 'CopyImage', { ...asked, ...as('OWNER') }), 'imageId')
    await ask(endpoint, 'ModifyImageAttribute', { ImageId, 'LaunchPermission.Add.1.Group': 'all', ...as('OWNER') })
    await ask(endpoint, 'EnableImageDeprecation', { ImageId, DeprecateAt: '2026-02-01T00:00:00Z', ...as('OWNER') })
    const seen = async (key: string, given: Readonly<Record<string, string>> = {}): Promise<boolean> =>
      (await ask(endpoint, 'DescribeImages', { 'Owner.1': '111111111111', ...given, ...as(key) })).at(
        'imagesSet.0.imageId',
      ) === ImageId
    expect(await seen('FRIEND')).toBe(true)
    endpoint.clock.advance(60 * 86_400_000)
    expect([await seen('FRIEND'), await seen('FRIEND', { IncludeDeprecated: 'true' }), await seen('OWNER')]).toEqual([
      false,
      true,
      true,
    ])
  })
})
