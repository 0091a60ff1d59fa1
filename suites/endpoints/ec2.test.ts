import { describe, expect, test } from 'vitest'
import type { ExecResult } from '../../harness/substrate/index.ts'
import { account, besideEc2 } from './machine-with-ec2.ts'

/** Clients as people have them, on a machine of their own, against the mocked EC2 in a container beside it. */

const machine = besideEc2()

async function script(text: string): Promise<ExecResult> {
  return machine().client.exec(['python3', '-c', text])
}

describe('the AWS CLI', () => {
  test(
    'deploys a machine by one script: key, instance, volume at /dev/sdh, address',
    { timeout: 120_000 },
    async () => {
      const { client, shell, job } = machine()
      const { exitCode, stdout, stderr } = await job('deploy-with-cli.sh', 'ami-0a1b2c3d4e5f60001', 'eu-west-1b')
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

  test('with a wrong secret is told so', async () => {
    const { exitCode, stderr } = await machine().client.exec([
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
    await machine().ec2.reset()
    const { stdout, stderr } = await script(`${connect('ec2')}
print([z.name for z in c.get_all_zones()][0])`)
    expect([stdout, stderr]).toEqual(['us-east-1a\n', ''])
  })

  test('signs version 2 at the name of a region, and is in that region', async () => {
    await machine().ec2.reset()
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
  const { stdout } = await machine().client.exec([
    'sh',
    '-c',
    "curl -s http://ec2/_seatrial/coverage | jq -r '.operations | keys[]'",
  ])
  expect(stdout).toContain('DescribeVolumes')
})
