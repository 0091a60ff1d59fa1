import { describe, expect, test } from 'vitest'
import { served } from './testing/served.ts'

const fields = { Metadata: 'true' }
const azure = '/metadata/instance?api-version=2021-02-01'
const ttl = { 'X-aws-ec2-metadata-token-ttl-seconds': '60' }
const role = '/latest/meta-data/iam/security-credentials/seatrial-role'

describe('faults of a metadata service', () => {
  test('each refusal has the status of the cloud that is asked', async () => {
    const refusals = {
      throttled: [503, 429],
      unavailable: [503, 410],
      'internal-error': [500, 500],
      'not-found': [404, 404],
    }
    for (const [fault, statuses] of Object.entries(refusals)) {
      await using service = await served({ faults: [{ fault }] })
      const heard = [await service.ask('/latest/meta-data/ami-id'), await service.ask(azure, { fields })]
      expect([fault, heard.map(({ status }) => status)]).toEqual([fault, statuses])
    }
  })

  test('a rule meets its operation and its call, and no other', async () => {
    await using service = await served({ faults: [{ operation: 'token', fault: 'throttled', call: 1 }] })
    const put = async () => (await service.ask('/latest/api/token', { method: 'PUT', fields: ttl })).status
    expect((await service.ask('/latest/meta-data/ami-id')).status).toBe(200)
    expect([await put(), await put()]).toEqual([503, 200])
  })

  test('a rule can name a path, and the instance', async () => {
    const faults = [{ resource: 'meta-data/placement/region', fault: 'unauthorized' }]
    await using service = await served({ faults })
    expect((await service.ask('/latest/meta-data/placement/region')).status).toBe(401)
    expect((await service.ask('/latest/meta-data/placement/availability-zone')).status).toBe(200)
  })

  test('credentials come expired, nearly so, or not at all, always with 200', async () => {
    const told = async (fault: string) => {
      await using service = await served({ clock: 'manual', faults: [{ operation: 'credentials', fault }] })
      return JSON.parse(await service.text(role)) as unknown
    }
    expect(await told('expired-credentials')).toMatchObject({ Code: 'Success', Expiration: '2025-12-31T23:59:59Z' })
    expect(await told('stale-credentials')).toMatchObject({ Code: 'Success', Expiration: '2026-01-01T00:01:00Z' })
    expect(await told('role-not-assumable')).toMatchObject({ Code: 'AssumeRoleUnauthorizedAccess' })
  })

  test('a token of Azure comes expired too', async () => {
    const faults = [{ operation: 'azure-identity', fault: 'expired-credentials' }]
    await using service = await served({ clock: 'manual', faults })
    const path = '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=x'
    expect(JSON.parse(await service.text(path, fields))).toMatchObject({ expires_in: '0', expires_on: '1767225599' })
  })

  test('half a body ends in a reset', async () => {
    await using service = await served({ faults: [{ fault: 'half-body' }] })
    await expect(service.ask(role)).rejects.toThrow('terminated')
    await expect(service.ask(role)).rejects.toThrow('terminated')
  })

  test('coverage tells what was asked for, how it ended, and which rule never fired', async () => {
    const faults = [
      { operation: 'credentials', fault: 'throttled' },
      { operation: 'azure-attested', fault: 'throttled' },
    ]
    await using service = await served({ faults })
    await service.ask(role)
    await service.ask('/latest/user-data')
    await service.ask(azure, { fields })
    expect(await service.control('GET', 'coverage')).toMatchObject({
      operations: {
        credentials: { calls: 1, errors: { throttled: 1 } },
        'user-data': { calls: 1, errors: { 404: 1 } },
        'azure-instance': { calls: 1, errors: {} },
      },
      untouched: expect.arrayContaining(['token', 'dynamic', 'azure-attested']),
      faults: [{ fired: 1 }, { fired: 0 }],
    })
  })

  test('a plan that names what there is not is refused with the nearest name', async () => {
    const planned = served({ faults: [{ operation: 'azure-instances', fault: 'throttled' }] })
    await expect(planned).rejects.toMatchObject({ mend: 'Did you mean azure-instance?' })
  })
})
