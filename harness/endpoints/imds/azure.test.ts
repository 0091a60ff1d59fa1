import { createVerify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Served } from './testing/served.ts'
import { served } from './testing/served.ts'

const fields = { Metadata: 'true' }
const newest = '2025-04-07'

/** The document of an answer that has the status. */
async function json(service: Served, path: string, wanted = 200): Promise<unknown> {
  const { status, body } = await service.ask(path, { fields })
  expect([path, status]).toEqual([path, wanted])
  return JSON.parse(body)
}

describe('the instance document of Azure', () => {
  test('is given as one document, all its values text', async () => {
    await using service = await served()
    const { status, headers, body } = await service.ask(`/metadata/instance?api-version=${newest}`, { fields })
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    const values: unknown[] = []
    JSON.parse(body, (_, value: unknown) => (typeof value === 'object' ? value : values.push(value) && value))
    expect(values.filter((value) => typeof value !== 'string')).toEqual([])
    expect(JSON.parse(body)).toMatchObject({
      compute: { name: 'seatrial-vm', osType: 'Linux', securityProfile: { secureBootEnabled: 'true' } },
      network: { interface: [{ macAddress: '000D3AF806EC' }] },
    })
  })

  test('needs the field Metadata: true, and refuses what came by way of a proxy', async () => {
    await using service = await served()
    const path = `/metadata/instance?api-version=${newest}`
    for (const wrong of [{}, { Metadata: 'false' }, { Metadata: 'true', 'X-Forwarded-For': '10.0.0.1' }]) {
      const { status, body } = await service.ask(path, { fields: wrong })
      expect([status, JSON.parse(body)]).toEqual([400, { error: expect.stringMatching(/^Bad request/) }])
    }
    expect((await service.ask(path, { fields: { metadata: 'True' } })).status).toBe(200)
  })

  test.for(['', '?api-version=', '?api-version=2017-07-01', '?api-version=latest'])(
    'asked for as "%s" it answers 400 with the newest versions',
    async (query) => {
      await using service = await served()
      expect(await json(service, `/metadata/instance${query}`, 400)).toEqual({
        error: expect.stringMatching(/^Bad request\. api-version/),
        'newest-versions': ['2025-04-07', '2024-07-17', '2024-03-15'],
      })
    },
  )

  test('refuses a parameter that is given twice, and a format that there is not', async () => {
    await using service = await served()
    for (const more of [`api-version=${newest}`, 'format=xml']) {
      expect(await json(service, `/metadata/instance?api-version=${newest}&${more}`, 400)).toHaveProperty('error')
    }
  })

  test('is walked by keys and by indexes', async () => {
    await using service = await served()
    const one = await json(service, `/metadata/instance/network/interface/0/ipv4/subnet?api-version=${newest}`)
    expect(one).toEqual([{ address: '10.0.0.0', prefix: '24' }])
    for (const path of ['network/interface/1', 'network/interface/-1', 'network/interface/first', 'compute/nothing']) {
      await json(service, `/metadata/instance/${path}?api-version=${newest}`, 404)
    }
  })

  test('gives a leaf as text only', async () => {
    await using service = await served()
    const path = `/metadata/instance/compute/vmId?api-version=${newest}`
    await json(service, path, 400)
    await json(service, `${path}&format=json`, 400)
    const { status, headers, body } = await service.ask(`${path}&format=text`, { fields })
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(body).toBe('5f2c7f0e-8a5b-4d0a-9c1e-3b6f4a7d2e91')
  })

  test('lists a folder as text, with a slash behind what is one again', async () => {
    await using service = await served()
    const list = async (path: string) =>
      (await service.text(`/metadata/instance${path}?api-version=${newest}&format=text`, fields)).split('\n')
    expect(await list('')).toEqual(['compute/', 'network/'])
    expect(await list('/network/interface/')).toEqual(['0/'])
    expect(await list('/network/interface/0')).toEqual(['ipv4/', 'ipv6/', 'macAddress'])
    expect(await list('/compute')).toEqual(expect.arrayContaining(['osProfile/', 'vmId', 'zone']))
  })

  test('has fields from their version on', async () => {
    await using service = await served()
    const keys = async (version: string) =>
      Object.keys(
        z
          .record(z.string(), z.unknown())
          .parse(await json(service, `/metadata/instance/compute?api-version=${version}`)),
      )
    expect(await keys('2017-04-02')).toEqual([
      'location',
      'name',
      'offer',
      'osType',
      'platformFaultDomain',
      'platformUpdateDomain',
      'publisher',
      'sku',
      'version',
      'vmId',
      'vmSize',
    ])
    expect(await keys('2017-08-01')).toEqual(expect.arrayContaining(['tags', 'subscriptionId', 'resourceGroupName']))
    expect(await keys('2019-06-01')).not.toContain('tagsList')
    expect(await keys('2019-06-04')).toContain('tagsList')
    expect(await json(service, '/metadata/instance/compute/osProfile?api-version=2020-07-15')).toEqual({
      adminUsername: 'azureuser',
      computerName: 'seatrial-vm',
    })
  })

  test('tells tags and user data as the seed has them', async () => {
    const azure = { tags: { Department: 'IT', Stage: 'test' }, userData: 'hello', scaleSetName: 'web' }
    await using service = await served({ seed: { azure } })
    const leaf = (name: string) =>
      service.text(`/metadata/instance/compute/${name}?api-version=${newest}&format=text`, fields)
    expect(await leaf('tags')).toBe('Department:IT;Stage:test')
    expect(await leaf('userData')).toBe(Buffer.from('hello').toString('base64'))
    expect(await json(service, `/metadata/instance/compute/tagsList?api-version=${newest}`)).toEqual([
      { name: 'Department', value: 'IT' },
      { name: 'Stage', value: 'test' },
    ])
  })
})

describe('the other services of Azure', () => {
  test('versions are listed without a version', async () => {
    await using service = await served({ seed: { azure: { versions: ['2017-04-02', '2019-06-01'] } } })
    expect(await json(service, '/metadata/versions')).toEqual({ apiVersions: ['2017-04-02', '2019-06-01'] })
    await json(service, '/metadata/instance?api-version=2021-08-01', 400)
    await json(service, '/metadata/instance?api-version=2019-06-01')
  })

  test('a token of a managed identity is a JWT for the resource, signed so that the certificate verifies it', async () => {
    await using service = await served({ clock: 'manual' })
    const resource = 'https://vault.azure.net'
    const path = `/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${encodeURIComponent(resource)}`
    const answer = z.record(z.string(), z.string()).parse(await json(service, path))
    expect(answer).toMatchObject({ token_type: 'Bearer', resource, expires_in: '86399', not_before: '1767225600' })
    const [head, claims, signature = ''] = (answer['access_token'] ?? '').split('.')
    expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString())).toMatchObject({
      aud: resource,
      exp: 1767311999,
    })
    const { certificate } = z.object({ certificate: z.string() }).parse(await service.control('GET', 'certificate'))
    expect(createVerify('sha256').update(`${head}.${claims}`).verify(certificate, signature, 'base64url')).toBe(true)
  })

  test('an identity that is not there, and a resource that is not named, are refused in the shape of OAuth', async () => {
    await using service = await served()
    const path = '/metadata/identity/oauth2/token?api-version=2018-02-01'
    const refused = { error: 'invalid_request', error_description: expect.any(String) }
    expect(await json(service, path, 400)).toEqual(refused)
    expect(await json(service, `${path}&resource=x&client_id=00000000-0000-4000-8000-000000000000`, 400)).toEqual({
      ...refused,
      error_description: 'Identity not found',
    })
    expect((await service.ask(`${path}&resource=x`)).status).toBe(400)
  })

  test('the attested document carries what it attests, and the nonce', async () => {
    await using service = await served({ clock: 'manual' })
    const path = `/metadata/attested/document?api-version=${newest}&nonce=1234567890`
    const { encoding, signature } = z
      .object({ encoding: z.string(), signature: z.base64() })
      .parse(await json(service, path))
    expect(encoding).toBe('pkcs7')
    const text =
      /\{"licenseType".*?"vmId":"[^"]*"\}/.exec(Buffer.from(signature, 'base64').toString('latin1'))?.[0] ?? ''
    expect(JSON.parse(text)).toMatchObject({
      nonce: '1234567890',
      timeStamp: { createdOn: '01/01/26 00:00:00 -0000', expiresOn: '01/01/26 06:00:00 -0000' },
    })
    await json(service, `${path}%20%20`, 400)
  })

  test('the load balancer tells the public addresses', async () => {
    await using service = await served()
    expect(await json(service, `/metadata/loadbalancer?api-version=${newest}`)).toMatchObject({
      loadbalancer: { publicIpAddresses: [{ frontendIpAddress: '203.0.113.40', privateIpAddress: '10.0.0.4' }] },
    })
    await json(service, '/metadata/loadbalancer?api-version=2019-06-01', 400)
  })

  test('what there is not is 404, and what may not be done 405', async () => {
    await using service = await served()
    await json(service, '/metadata/nothing', 404)
    await json(service, '/metadata', 404)
    await json(service, `/metadata/identity/oauth2?api-version=${newest}`, 404)
    expect((await service.ask(`/metadata/instance?api-version=${newest}`, { method: 'POST', fields })).status).toBe(405)
  })

  test('is not there where only the other cloud is', async () => {
    await using aws = await served({ seed: { clouds: ['aws'] } })
    expect((await aws.ask(`/metadata/instance?api-version=${newest}`, { fields })).status).toBe(404)
    await using azure = await served({ seed: { clouds: ['azure'] } })
    expect((await azure.ask('/latest/meta-data/', { fields })).status).toBe(404)
  })
})
