import { CreateVolumeCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { createEndpoint } from '../../core/create.ts'
import { documentedAccount } from '../../ec2/seed.ts'

/** `node sdk-through.ts msw|nock`: the JavaScript SDK, with signatures that are verified, inside one process. */
const endpoint = await createEndpoint('ec2')
if (process.argv[2] === 'msw') {
  const [{ setupServer }, { mswHandlers }] = await Promise.all([import('msw/node'), import('../msw.ts')])
  setupServer(...mswHandlers(endpoint)).listen({ onUnhandledFrame: 'error' })
} else {
  const [{ default: nock }, { nockScopes }] = await Promise.all([import('nock'), import('../nock.ts')])
  nock.disableNetConnect()
  nockScopes(endpoint)
}
const { accessKeyId, secretAccessKey } = documentedAccount
const client = new EC2Client({ region: 'eu-west-1', maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } })
const { VolumeId } = await client.send(new CreateVolumeCommand({ AvailabilityZone: 'eu-west-1a', Size: 8 }))
const { Volumes = [] } = await client.send(new DescribeVolumesCommand({ VolumeIds: [VolumeId ?? ''] }))
const stranger = new EC2Client({
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId, secretAccessKey: 'wrong' },
})
const refused = await stranger.send(new DescribeVolumesCommand()).catch((error: { name: string }) => error.name)
process.stdout.write(JSON.stringify({ states: Volumes.map(({ State }) => State), refused }))
