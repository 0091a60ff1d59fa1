import { describe, expect, test } from 'vitest'
import type { CreateOptions } from '../../harness/endpoints/index.ts'
import { inMachine } from './machine-with-metadata.ts'

/** Real clients of instance metadata, at its true address, inside machines of their own. */

const seed = {
  aws: {
    instance: { instanceId: 'i-0123456789abcdef0', region: 'eu-west-1', userData: '#cloud-config\nhostname: web\n' },
    role: { name: 'deploy' },
    credentials: { accessKeyId: 'ASIAEXAMPLEKEY000000', secretAccessKey: 'secret', token: 'session' },
  },
  azure: { name: 'vm-1', location: 'northeurope', userData: '#cloud-config\n', adminUsername: 'ops' },
}
const machine = inMachine({ seed })
const withTokens: CreateOptions = { seed: { ...seed, aws: { ...seed.aws, options: { httpTokens: 'required' } } } }

describe('an instance of AWS', () => {
  test('a shell script reads its facts, and says of one that is not there that it is not', async () => {
    const { exec } = await machine()
    const read = await exec('read-metadata', 'instance-id', 'placement/availability-zone', 'spot/instance-action')
    expect(read.stdout).toBe(
      'instance-id: i-0123456789abcdef0\nplacement/availability-zone: eu-west-1a\nspot/instance-action: not available\n',
    )
    expect(read.exitCode).toBe(1)
  })

  test('a shell script finds every leaf by the listings alone, with a session', async () => {
    const { exec } = await machine(withTokens)
    const walked = await exec('walk-metadata')
    const leaves = walked.stdout.trim().split('\n')
    expect({ exitCode: walked.exitCode, stderr: walked.stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(leaves).toEqual(expect.arrayContaining(['meta-data/ami-id', 'meta-data/iam/security-credentials/deploy']))
    expect(leaves.length).toBeGreaterThan(45)
  })

  test('the AWS CLI has the credentials of its role and its region from there', async () => {
    const { exec } = await machine(withTokens)
    expect((await exec('aws', 'configure', 'list')).stdout).toMatch(/region +eu-west-1 +imds/)
    const { stdout } = await exec('aws', 'configure', 'export-credentials')
    expect(JSON.parse(stdout)).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEKEY000000', SessionToken: 'session' })
  })

  test('cloud-init finds its data source and crawls all of it', async () => {
    const { exec } = await machine(withTokens)
    const { stdout, stderr } = await exec('cloud-init-ec2')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({
      found: true,
      version: '2021-03-23',
      instance_id: 'i-0123456789abcdef0',
      region: 'eu-west-1',
      zone: 'eu-west-1a',
      keys: [expect.stringMatching(/^ssh-ed25519 /)],
      user_data: '#cloud-config\nhostname: web\n',
      identity: { instanceId: 'i-0123456789abcdef0' },
      meta_data: { network: { interfaces: { macs: { '06:5a:11:0c:2f:77': { 'vpc-id': 'vpc-01a2b3c4d5e6f7089' } } } } },
    })
  })

  test('OpenSSL verifies the signature of the identity document', async () => {
    const { exec, control } = await machine()
    const { certificate } = (await control('GET', 'certificate')) as { certificate: string }
    const script = `cd /tmp && printf '%s' "$1" > ca.pem
      { echo '-----BEGIN PKCS7-----'; curl -s http://169.254.169.254/latest/dynamic/instance-identity/rsa2048
        printf '\\n-----END PKCS7-----\\n'; } > signed
      openssl smime -verify -in signed -inform PEM -CAfile ca.pem -purpose any | jq -r .instanceId`
    const { stdout, stderr } = await exec('sh', '-c', script, 'sh', certificate)
    expect([stdout, stderr]).toEqual(['i-0123456789abcdef0\n', expect.stringContaining('Verification successful')])
  })
})

describe('a machine of Azure', () => {
  const azure = (path: string) =>
    ['curl', '-sS', '-H', 'Metadata:true', '--noproxy', '*', `http://169.254.169.254/metadata/${path}`] as const

  test('curl and jq read what they are told to', async () => {
    const { exec } = await machine()
    const script = `${azure('instance?api-version=2021-02-01')
      .map((word) => `'${word}'`)
      .join(' ')} | jq -r .compute.name`
    expect((await exec('sh', '-c', script)).stdout).toBe('vm-1\n')
    expect((await exec(...azure('instance/compute/location?api-version=2021-02-01&format=text'))).stdout).toBe(
      'northeurope',
    )
  })

  test('OpenSSL verifies the attested document', async () => {
    const { exec } = await machine()
    const curl = azure('attested/document?api-version=2021-02-01&nonce=1234567890')
    const script = `${curl.map((word) => `'${word}'`).join(' ')} | jq -r .signature | base64 -d > /tmp/attested
      openssl smime -verify -in /tmp/attested -inform DER -noverify | jq -r .nonce`
    const { stdout, stderr } = await exec('sh', '-c', script)
    expect([stdout, stderr]).toEqual(['1234567890\n', expect.stringContaining('Verification successful')])
  })

  test.for([
    ['the newest service', {}],
    ['a service that does not know the version that it wants', { versions: ['2017-04-02', '2019-06-01'] }],
  ] as const)('cloud-init reads metadata of %s', async ([, of]) => {
    const { exec } = await machine({ seed: { ...seed, azure: { ...seed.azure, ...of } } })
    const { stdout } = await exec('cloud-init-azure')
    const isOld = 'versions' in of
    expect(JSON.parse(stdout)).toMatchObject({
      location: 'northeurope',
      keys: [expect.stringMatching(/^ssh-ed25519 /)],
      network: { interface: [{ macAddress: '000D3AF806EC' }] },
      // These came with later versions.
      username: isOld ? null : 'ops',
      hostname: isOld ? null : 'vm-1',
    })
  })

  test('a listener sees an event coming, approves it, and sees it start', async () => {
    const { exec, control } = await machine({ seed, clock: 'manual' })
    await control('POST', 'azure-events', [{ type: 'Freeze' }])
    await control('POST', 'clock', { advanceMs: 1 })
    const listen = `url='http://169.254.169.254/metadata/scheduledevents?api-version=2020-07-01'
      events() { curl -s -H Metadata:true "$url"; }
      events | jq -r '.Events[0].EventStatus'
      events | jq '{StartRequests: [.Events[] | {EventId}]}' | curl -s -H Metadata:true -d @- "$url"
      events | jq -r '.Events[0].EventStatus'`
    expect((await exec('sh', '-c', listen)).stdout).toBe('Scheduled\nStarted\n')
  })
})
