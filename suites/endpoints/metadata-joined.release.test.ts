import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveMetadataTo, startEndpointContainer } from '../../harness/endpoints/faces/containers.ts'
import type { RunScope } from '../../harness/substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../harness/substrate/index.ts'
import { fixtureImage } from '../../harness/substrate/fixture-image.ts'

let run: RunScope
beforeAll(async () => {
  run = await openRun()
})
afterAll(() => run[Symbol.asyncDispose]())

test('a machine that runs an instance on a mocked EC2 finds itself in its metadata, until the instance is gone', async () => {
  const network = (await startNetwork(run)).name
  const [ec2, machine] = await Promise.all([
    startEndpointContainer('ec2', { signatures: 'lenient', network }, run),
    startContainer({ name: 'machine', image: await fixtureImage('cloud-client'), network }, run),
  ])
  const env = {
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_DEFAULT_REGION: 'eu-west-1',
    // Before metadata is served the address is not the machine's own.
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const aws = async (...words: string[]): Promise<string> => {
    const command = ['aws', '--endpoint-url', ec2.innerUrl, '--output', 'text', 'ec2', ...words] as const
    const { exitCode, stdout, stderr } = await machine.exec([...command], { env })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    return stdout.trim()
  }
  const options = [
    '--metadata-options',
    'HttpTokens=required,InstanceMetadataTags=enabled',
    '--query',
    'Instances[0].InstanceId',
  ]
  const tags = ['--tag-specifications', 'ResourceType=instance,Tags=[{Key=Name,Value=web-1}]']
  const instance = await aws('run-instances', '--image-id', 'ami-0a1b2c3d4e5f60003', ...tags, ...options)

  await using _metadata = await serveMetadataTo(machine, { seed: { join: { url: ec2.innerUrl, instance } } }, run)
  const { stdout: loopback } = await machine.exec(['ip', '-4', '-o', 'address', 'show', 'dev', 'lo'])
  expect(loopback).toContain(' 169.254.169.254/32 ')
  const read = async () => (await machine.exec(['read-metadata', 'instance-id', 'tags/instance/Name'])).stdout
  expect(await read()).toBe(`instance-id: ${instance}\ntags/instance/Name: web-1\n`)
  const { stdout: without } = await machine.exec(['curl', '-s', 'http://169.254.169.254/latest/meta-data/instance-id'])
  expect(without).toContain('401 - Unauthorized')

  await aws('create-tags', '--resources', instance, '--tags', 'Key=Name,Value=web-2')
  expect(await read()).toContain('web-2')
  await aws('terminate-instances', '--instance-ids', instance)
  await aws('describe-instances', '--instance-ids', instance)
  expect(await read()).toBe('instance-id: not available\ntags/instance/Name: not available\n')
})
