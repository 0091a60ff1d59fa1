import { expect, test } from 'vitest'
import { besideEc2 } from './machine-with-ec2.ts'

const machine = besideEc2()

test('the AWS CLI backs volumes up into another region by the file that lists them', { timeout: 120_000 }, async () => {
  const { client, shell, job } = machine()
  const { stdout: made } = await shell(
    'aws ec2 create-volume --availability-zone eu-west-1a --size 8 --query VolumeId --output text',
  )
  await client.writeFile('/root/volumes', `${made.trim()} nightly us-west-2\n`)
  const { exitCode, stdout, stderr } = await job('backup-with-cli.sh', '/root/volumes')
  expect([exitCode, stderr]).toEqual([0, ''])
  const [, , region, copy = ''] = stdout.trim().split(' ')
  expect(region).toBe('us-west-2')
  const { stdout: seen } = await shell(
    `aws ec2 describe-snapshots --region us-west-2 --snapshot-ids ${copy} | jq -c '.Snapshots[0] | [.State, .VolumeSize, .Description, .Tags[0].Value]'`,
  )
  expect(JSON.parse(seen)).toEqual(['completed', 8, 'nightly', made.trim()])
})
