import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll } from 'vitest'
import type { EndpointContainer } from '../../harness/endpoints/containers.ts'
import { startEndpointContainer } from '../../harness/endpoints/containers.ts'
import { fixtureImage } from '../../harness/substrate/fixture-image.ts'
import type { ExecResult, RunScope, StartedContainer } from '../../harness/substrate/index.ts'
import { openRun, startContainer, startNetwork } from '../../harness/substrate/index.ts'

export const account = { accessKeyId: 'AKIDSUITE', secretAccessKey: 'suite/secret+key=', id: '111122223333' }

/** A machine with clients on it, and the mocked EC2 in a container beside it. */
export interface MachineWithEc2 {
  readonly client: StartedContainer
  readonly ec2: EndpointContainer
  /** A shell line in /root with `aws` led to the mock: this CLI knows no address by environment. */
  readonly shell: (line: string) => Promise<ExecResult>
  /** A job of `fixtures/jobs`, with its `aws` led to the mock. */
  readonly job: (name: string, ...args: readonly string[]) => Promise<ExecResult>
}

const jobs = ['deploy-with-cli.sh', 'backup-with-cli.sh']
const led = 'aws() { command aws --endpoint-url http://ec2 "$@"; }'

/** One machine for the tests of a file. */
export function besideEc2(): () => MachineWithEc2 {
  let run: RunScope
  let machine: MachineWithEc2 | undefined

  beforeAll(async () => {
    run = await openRun()
    machine = await start(run)
  }, 300_000)
  afterAll(() => run[Symbol.asyncDispose]())

  return () => {
    if (machine === undefined) throw new Error('the machine did not start')
    return machine
  }
}

async function start(run: RunScope): Promise<MachineWithEc2> {
  const { name: network } = await startNetwork(run)
  const image = await fixtureImage('cloud-client')
  const files = await Promise.all(
    jobs.map(async (name) => {
      const content = await readFile(new URL(`../../fixtures/jobs/${name}`, import.meta.url), 'utf8')
      return [`/root/${name}`, { content: content.replace('set -eu\n', `set -eu\n${led}\n`), mode: 0o755 }] as const
    }),
  )
  const [client, ec2] = await Promise.all([
    startContainer(
      {
        name: 'client',
        image,
        network,
        files: Object.fromEntries(files),
        env: {
          AWS_ACCESS_KEY_ID: account.accessKeyId,
          AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
          AWS_DEFAULT_REGION: 'eu-west-1',
          AWS_EC2_METADATA_DISABLED: 'true',
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
  return {
    client,
    ec2,
    shell: (line) => client.exec(['sh', '-c', `cd /root && ${led} && ${line}`]),
    job: (name, ...args) => client.exec([`/root/${name}`, ...args], { workingDirectory: '/root' }),
  }
}
