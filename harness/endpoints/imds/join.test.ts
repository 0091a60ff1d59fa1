import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { InstanceFacts } from '../core/instance-facts.ts'
import { factsOf } from './aws/facts.ts'
import { awsInstance } from './aws/instance.ts'
import { served } from './testing/served.ts'

const id = 'i-0aaaabbbbccccdddd'
const facts: InstanceFacts = {
  ...factsOf(awsInstance.parse({ instanceId: id, region: 'us-east-1', tags: { Name: 'joined' } })),
  iamInstanceProfile: { arn: 'arn:aws:iam::123456789012:instance-profile/path/deploy', id: 'AIPAEXAMPLE' },
  metadataOptions: { httpTokens: 'optional' },
}

/** Stands for the mock that runs instances: its control channel, and nothing else. */
async function runner(of: () => unknown): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const found = request.url === `/_seatrial/instances/${id}`
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found ? of() : {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A TCP server's address is never a string or null once it listens.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('metadata of an instance that a mocked EC2 runs', () => {
  test('is that instance, as it is at each request', async () => {
    let now: InstanceFacts = facts
    await using ec2 = await runner(() => now)
    await using service = await served({ seed: { join: { url: ec2.url, instance: id } } })
    const get = (path: string) => service.text(`/latest/meta-data/${path}`)
    expect(await get('instance-id')).toBe(id)
    expect(await get('tags/instance/Name')).toBe('joined')
    expect(await get('iam/security-credentials/')).toBe('deploy')
    expect(JSON.parse(await get('iam/info'))).toMatchObject({ InstanceProfileId: 'AIPAEXAMPLE' })
    now = { ...facts, tags: { Name: 'renamed' }, metadataOptions: { httpTokens: 'required' } }
    expect((await service.ask('/latest/meta-data/instance-id')).status).toBe(401)
    now = { ...facts, tags: { Name: 'renamed' } }
    expect(await get('tags/instance/Name')).toBe('renamed')
  })

  test('can come from a function of the same process', async () => {
    await using service = await served({ seed: { join: () => facts } })
    expect(await service.text('/latest/meta-data/instance-id')).toBe(id)
  })

  test('is nowhere once the instance is: nobody answers for a machine that is terminated', async () => {
    await using service = await served({ seed: { join: () => ({ ...facts, state: 'terminated' }) } })
    await expect(service.ask('/latest/meta-data/instance-id')).rejects.toThrow('fetch failed')
  })

  test('says so when it cannot be read, and does not make one up', async () => {
    await using ec2 = await runner(() => facts)
    await using service = await served({ seed: { join: { url: ec2.url, instance: 'i-00000000000000000' } } })
    const { status, body } = await service.ask('/latest/meta-data/instance-id')
    expect([status, body]).toEqual([503, expect.stringMatching(/joined instance cannot be read: .* answered 404/)])
  })
})
