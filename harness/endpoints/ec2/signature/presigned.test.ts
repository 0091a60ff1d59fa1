import type { CopySnapshotCommandInput } from '@aws-sdk/client-ec2'
import {
  CopySnapshotCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeSnapshotsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'
import { createEndpoint } from '../../core/create.ts'
import { serveEndpoint } from '../../faces/server.ts'
import { documentedAccount } from '../seed.ts'

const { accessKeyId, secretAccessKey } = documentedAccount

interface Copied {
  readonly state: string | undefined
  readonly message: string | undefined
  readonly encrypted: boolean | undefined
}

/** Copies an encrypted snapshot from eu-west-1 to us-west-2; `change` gets the form that is about to be signed. */
async function copied(
  change: (form: URLSearchParams) => void = () => undefined,
  given: Partial<CopySnapshotCommandInput> = {},
): Promise<Copied> {
  await using server = await serveEndpoint(await createEndpoint('ec2'))
  const client = (region: string): EC2Client =>
    new EC2Client({ endpoint: server.url, region, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } })
  const [there, here] = [client('eu-west-1'), client('us-west-2')]
  const volume = await there.send(new CreateVolumeCommand({ AvailabilityZone: 'eu-west-1a', Size: 8, Encrypted: true }))
  const source = await there.send(new CreateSnapshotCommand({ VolumeId: volume.VolumeId }))
  const copy = new CopySnapshotCommand({
    SourceRegion: 'eu-west-1',
    SourceSnapshotId: source.SnapshotId,
    ...given,
  })
  copy.middlewareStack.add(
    (next) => (sent) => {
      const request = sent.request as { body: string; headers: Record<string, string> }
      const form = new URLSearchParams(request.body)
      change(form)
      request.body = form.toString()
      request.headers['content-length'] = String(request.body.length)
      return next(sent)
    },
    { step: 'build', name: 'changed' },
  )
  const { SnapshotId = '' } = await here.send(copy)
  const { Snapshots: [found] = [] } = await here.send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId] }))
  return { state: found?.State, message: found?.StateMessage, encrypted: found?.Encrypted }
}

function changeUrl(change: (url: URL) => void): (form: URLSearchParams) => void {
  return (form) => {
    const url = new URL(form.get('PresignedUrl') ?? '')
    change(url)
    form.set('PresignedUrl', url.href)
  }
}

describe('a presigned URL inside CopySnapshot', () => {
  test('as the JavaScript SDK makes it is verified, and the copy comes to its end', async () => {
    expect(await copied()).toEqual({ state: 'completed', message: undefined, encrypted: true })
  })

  test.each([
    [
      'with another signature',
      changeUrl((url) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64))),
      'The request signature we calculated does not match',
    ],
    [
      'for another snapshot than was signed',
      changeUrl((url) => url.searchParams.set('SourceSnapshotId', 'snap-0123456789abcdef0')),
      'The request signature we calculated does not match',
    ],
    [
      'of a key that nobody has',
      changeUrl((url) => url.searchParams.set('X-Amz-Credential', 'AKIDNOBODY/20260101/eu-west-1/ec2/aws4_request')),
      'AWS was not able to validate the provided access credentials',
    ],
    ['that is no URL', (form: URLSearchParams) => form.set('PresignedUrl', 'snapshot'), 'The presigned URL is no URL.'],
  ])('%s lets the copy end in error, as AWS documents it', async (_, change, message) => {
    const { state, message: told } = await copied(change)
    expect([state, told?.slice(0, message.length)]).toEqual(['error', message])
  })

  test('must be there when an encrypted snapshot comes from another region', async () => {
    const asked = copied((form) => form.delete('PresignedUrl'))
    await expect(asked).rejects.toMatchObject({ name: 'MissingParameter' })
  })
})
