import {
  CreateTagsCommand,
  DescribeInstancesCommand,
  EC2Client,
  ImportKeyPairCommand,
  ModifyInstanceMetadataOptionsCommand,
  RunInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2'
import { Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { createEndpoint } from '../core/create.ts'
import { serveEndpoint } from '../faces/index.ts'
import { served, session } from './testing/served.ts'

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mNcPIsnVgpiD5yyIMFSMAuZcPdEFhDrVqbPKH2u8P me'

test('metadata shows the instance that a mocked EC2 runs, and follows what becomes of it', async () => {
  await using ec2 = await serveEndpoint(await createEndpoint('ec2', { signatures: 'lenient' }))
  const client = new EC2Client({ endpoint: ec2.url, region: 'eu-west-1', maxAttempts: 1, credentials })
  await client.send(new ImportKeyPairCommand({ KeyName: 'me', PublicKeyMaterial: Buffer.from(publicKey) }))
  const { Instances } = await client.send(
    new RunInstancesCommand({
      ImageId: 'ami-0a1b2c3d4e5f60003',
      MinCount: 1,
      MaxCount: 1,
      KeyName: 'me',
      UserData: Buffer.from('#!/bin/sh\necho joined\n').toString('base64'),
      MetadataOptions: { InstanceMetadataTags: 'enabled', HttpTokens: 'optional' },
    }),
  )
  const instance = Instances?.[0]?.InstanceId ?? ''
  await using metadata = await served({ seed: { join: { url: ec2.url, instance } } })
  const get = (path: string) => metadata.text(`/latest/${path}`)
  const described = await client.send(new DescribeInstancesCommand({ InstanceIds: [instance] }))
  const { PrivateIpAddress, SubnetId, NetworkInterfaces, Placement } = described.Reservations?.[0]?.Instances?.[0] ?? {}

  expect(await get('meta-data/instance-id')).toBe(instance)
  expect(await get('meta-data/local-ipv4')).toBe(PrivateIpAddress)
  expect(await get('meta-data/placement/availability-zone')).toBe(Placement?.AvailabilityZone)
  expect(await get(`meta-data/network/interfaces/macs/${NetworkInterfaces?.[0]?.MacAddress}/subnet-id`)).toBe(SubnetId)
  expect(await get('meta-data/public-keys/0/openssh-key')).toContain(publicKey.split(' ')[1])
  // It was run without an instance profile.
  expect((await metadata.ask('/latest/meta-data/iam/')).status).toBe(404)
  expect(await get('user-data')).toBe('#!/bin/sh\necho joined\n')
  expect(JSON.parse(await get('dynamic/instance-identity/document'))).toMatchObject({ instanceId: instance })

  await client.send(new CreateTagsCommand({ Resources: [instance], Tags: [{ Key: 'Stage', Value: 'trial' }] }))
  expect(await get('meta-data/tags/instance/Stage')).toBe('trial')

  await client.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId: instance, HttpTokens: 'required' }))
  expect((await metadata.ask('/latest/meta-data/instance-id')).status).toBe(401)
  expect(await metadata.text('/latest/meta-data/instance-id', await session(metadata))).toBe(instance)

  await client.send(new StopInstancesCommand({ InstanceIds: [instance] }))
  await client.send(new DescribeInstancesCommand({ InstanceIds: [instance] }))
  await expect(metadata.ask('/latest/meta-data/instance-id')).rejects.toThrow('fetch failed')
})

/** The SDK's own default is the true address, which nothing on this machine may ever ask. */
function neverTheTrueAddress(): void {
  const { prototype } = Socket
  const connect = Object.getOwnPropertyDescriptor(prototype, 'connect')?.value as (...given: unknown[]) => Socket
  vi.spyOn(prototype, 'connect').mockImplementation(function guarded(this: Socket, ...given: unknown[]) {
    if (JSON.stringify(given).includes('169.254.')) throw new Error('about to ask the true metadata service')
    return connect.call(this, ...given)
  })
}

test('the AWS SDK for JavaScript has the credentials of the role from there', async ({ onTestFinished }) => {
  await using metadata = await served({ seed: { aws: { credentials: { accessKeyId: 'ASIAEXAMPLEKEY000000' } } } })
  neverTheTrueAddress()
  // The SDK looks at all of these before it looks at metadata.
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', metadata.url)
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null')
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null')
  onTestFinished(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })
  const client = new EC2Client({ region: 'eu-west-1' })
  expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'ASIAEXAMPLEKEY000000' })
  expect(await metadata.control('GET', 'coverage')).toMatchObject({
    operations: { token: { calls: 1 }, credentials: { calls: 2 } },
  })
})
