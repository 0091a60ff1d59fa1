import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EndpointContainer } from '../../harness/endpoints/containers.ts'
import { startEndpointContainer } from '../../harness/endpoints/containers.ts'
import { fixtureImage } from '../../harness/substrate/fixture-image.ts'
import type { ExecResult, RunScope, StartedContainer } from '../../harness/substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../harness/substrate/index.ts'

/** Clients as people have them, on a machine of their own, against the mocked EC2 in a container beside it. */

const account = { accessKeyId: 'AKIDSUITE', secretAccessKey: 'suite/secret+key=', id: '111122223333' }
let run: RunScope
let client: StartedContainer
let ec2: EndpointContainer

beforeAll(async () => {
  run = await openRun()
  const { name: network } = await startNetwork(run)
  const [image, deploy, backup] = await Promise.all([
    fixtureImage('cloud-client'),
    readFile(new URL('../../fixtures/jobs/deploy-with-cli.sh', import.meta.url)),
    readFile(new URL('../../fixtures/jobs/backup-with-cli.sh', import.meta.url)),
  ])
  ;[client, ec2] = await Promise.all([
    startContainer(
      {
        name: 'client',
        image,
        network,
        files: { '/root/deploy': { content: deploy, mode: 0o755 }, '/root/backup': { content: backup, mode: 0o755 } },
        env: {
          AWS_ACCESS_KEY_ID: account.accessKeyId,
          AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
          AWS_DEFAULT_REGION: 'eu-west-1',
          AWS_EC2_METADATA_DISABLED: 'true',
          // Its waiters ask every 15 seconds, so that nothing may be under way any more at the first look.
          AWS_PAGER: '',
        },
      },
      run,
    ),
    // Named as the service is, so that clients which read the region off the name are at home.
    startEndpointContainer(
      'ec2',
      {
        network,
        aliases: ['ec2.eu-west-1.amazonaws.com', 'ec2.us-west-2.amazonaws.com'],
        seed: { accounts: [account] },
      },
      run,
    ),
  ])
}, 300_000)
afterAll(() => run[Symbol.asyncDispose]())

/** A shell line with `aws` led to the mock: this CLI knows no address by environment. */
async function shell(line: string): Promise<ExecResult> {
  return client.exec(['sh', '-c', `cd /root && aws() { command aws --endpoint-url http://ec2 "$@"; } && ${line}`])
}

async function script(text: string): Promise<ExecResult> {
  return client.exec(['python3', '-c', text])
}

describe('the AWS CLI', () => {
  test(
    'deploys a machine by one script: key, instance, volume at /dev/sdh, address',
    { timeout: 120_000 },
    async () => {
      await ec2.reset()
      const wrapped =
        'sed "s#^set -eu#set -eu\\naws() { command aws --endpoint-url http://ec2 \\"\\$@\\"; }#" deploy > d && sh d ami-0a1b2c3d4e5f60001 eu-west-1b'
      const { exitCode, stdout, stderr } = await client.exec(['sh', '-c', `cd /root && rm -f deploy.pem && ${wrapped}`])
      expect([exitCode, stderr]).toEqual([0, ''])
      const [instance = '', volume = '', address = ''] = stdout.trim().split(' ')
      const { stdout: seen } = await shell(
        `aws ec2 describe-instances --instance-ids ${instance} | jq -c '.Reservations[0].Instances[0] | [.State.Name, .PublicIpAddress, .KeyName, (.BlockDeviceMappings[] | select(.DeviceName == "/dev/sdh") | .Ebs.VolumeId)]'`,
      )
      expect(JSON.parse(seen)).toEqual(['running', address, 'deploy', volume])
      const { stdout: key } = await client.exec(['sh', '-c', 'openssl rsa -in /root/deploy.pem -check -noout 2>&1'])
      expect(key).toContain('RSA key ok')
    },
  )

  test('backs volumes up into another region by the file that lists them', { timeout: 120_000 }, async () => {
    await ec2.reset()
    const { stdout: made } = await shell(
      'aws ec2 create-volume --availability-zone eu-west-1a --size 8 --query VolumeId --output text',
    )
    await client.writeFile('/root/volumes', `${made.trim()} nightly us-west-2\n`)
    const wrapped =
      'sed "s#^set -eu#set -eu\\naws() { command aws --endpoint-url http://ec2 \\"\\$@\\"; }#" backup > b && sh b volumes'
    const { exitCode, stdout, stderr } = await client.exec(['sh', '-c', `cd /root && ${wrapped}`])
    expect([exitCode, stderr]).toEqual([0, ''])
    const [, , region, copy = ''] = stdout.trim().split(' ')
    expect(region).toBe('us-west-2')
    const { stdout: seen } = await shell(
      `aws ec2 describe-snapshots --region us-west-2 --snapshot-ids ${copy} | jq -c '.Snapshots[0] | [.State, .VolumeSize, .Description, .Tags[0].Value]'`,
    )
    expect(JSON.parse(seen)).toEqual(['completed', 8, 'nightly', made.trim()])
  })

  test('with a wrong secret is told so', async () => {
    const { exitCode, stderr } = await client.exec([
      'sh',
      '-c',
      'AWS_SECRET_ACCESS_KEY=wrong aws --endpoint-url http://ec2 ec2 describe-volumes',
    ])
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('(SignatureDoesNotMatch) when calling the DescribeVolumes operation')
  })
})

describe('boto 2.49', () => {
  const connect = (host: string, secret = account.secretAccessKey): string => `
import boto, boto.ec2
from boto.ec2.connection import EC2Connection
from boto.ec2.regioninfo import RegionInfo
c = EC2Connection('${account.accessKeyId}', '${secret}', is_secure=False, port=80, region=RegionInfo(name='eu-west-1', endpoint='${host}'))`

  test('signs version 4 with a scope that names no region, and is answered of the default one', async () => {
    await ec2.reset()
    const { stdout, stderr } = await script(`${connect('ec2')}
print([z.name for z in c.get_all_zones()][0])`)
    expect([stdout, stderr]).toEqual(['us-east-1a\n', ''])
  })

  test('signs version 2 at the name of a region, and is in that region', async () => {
    await ec2.reset()
    const { stdout, stderr } = await script(`import boto
boto.config.add_section('ec2') if not boto.config.has_section('ec2') else None
from boto.ec2.connection import EC2Connection
EC2Connection._required_auth_capability = lambda self: ['ec2']
${connect('ec2.us-west-2.amazonaws.com')}
v = c.create_volume(8, 'us-west-2a')
print(type(c._auth_handler).__name__, v.status, [x.id for x in c.get_all_volumes()] == [v.id])`)
    expect([stdout, stderr]).toEqual(['QuerySignatureV2AuthHandler creating True\n', ''])
  })

  test('with a wrong secret is told so', async () => {
    const { exitCode, stderr } = await script(`${connect('ec2', 'wrong')}
c.get_all_volumes()`)
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('SignatureDoesNotMatch')
  })
})

test('curl and jq read what the control channel says of all of it', async () => {
  const { stdout } = await client.exec([
    'sh',
    '-c',
    "curl -s http://ec2/_seatrial/coverage | jq -r '.operations | keys[]'",
  ])
  expect(stdout).toContain('DescribeVolumes')
})
