import { fileURLToPath } from 'node:url'
import { startEndpointContainer } from '../../endpoints/containers.ts'
import type { FaultPlan } from '../../endpoints/core/fault-plan.ts'
import { SeatrialError, waitFor } from '../../kernel/index.ts'
import type { ContainerMachine } from '../../substrate/index.ts'
import { buildImage, startContainer, startNetwork } from '../../substrate/index.ts'
import type { DrillContext } from '../drill.ts'
import type { Manifest } from '../manifest/compare.ts'
import { compareManifests } from '../manifest/compare.ts'
import type { Attempt, Seen } from '../seen.ts'
import { attemptFor, install } from './attempt.ts'

const account = { accessKeyId: 'AKIDREGIONDRILL', secretAccessKey: 'region/drill+secret=', id: '444455556666' }
const home = 'us-east-1'
/** Where the copies go; nobody expects both to be lost. */
const elsewhere = 'eu-west-1'
const list = '/root/volumes'

/** What a script of this kind finds in its environment. */
const environment = {
  REGION: home,
  ZONE: `${elsewhere}a`,
  VOLUMES: list,
  RUN: 'tonight',
  EC2_URL: 'http://ec2',
  AWS_ACCESS_KEY_ID: account.accessKeyId,
  AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
  AWS_DEFAULT_REGION: home,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
}

/** Volumes that the other region must have afterwards: name and GiB. */
const volumes = [
  ['orders', 8],
  ['images', 12],
] as const

/** An operator's machine beside the mocked EC2. Verbs: `backup` in the home region, `restore` in the other. */
export interface RegionBench extends AsyncDisposable {
  /** Backs up, under faults of the endpoint when some are given: each must have struck, or nothing was tried. */
  readonly backUp: (faults?: readonly Partial<FaultPlan[number]>[]) => Promise<Attempt>
  /** Nobody in the home region answers any more: proven. RTO counts from here. */
  readonly lose: () => Promise<void>
  readonly restore: () => Promise<Attempt>
  readonly judge: (possible: Seen['possible']) => Promise<Omit<Seen, 'drill' | 'procedure'>>
}

const image = new URL('../../../fixtures/images/cloud-client', import.meta.url)

/** @throws SeatrialError as `startContainer`, `buildImage`, `startEndpointContainer` */
export async function regionBench(context: DrillContext): Promise<RegionBench> {
  const { procedure, script, run, signal, progress } = context
  const { name: network } = await startNetwork(run)
  const building = { progress, signal }
  const [host, ec2] = await Promise.all([
    startContainer({ name: 'operator', image: await buildImage(fileURLToPath(image), building), network }, run, {
      signal,
    }),
    startEndpointContainer('ec2', { network, seed: { accounts: [account] }, clock: 'polls:1', ...building }, run),
  ])
  const attempts: Attempt[] = []
  let [lostAt, backAfterMs]: [number | undefined, number | undefined] = [undefined, undefined]
  const env = { ...environment, ...procedure.env }
  const call = async (verb: string): Promise<Attempt> => {
    const told = await attemptFor(context, host, verb, environment)
    attempts.push(told)
    return told
  }
  const aws = (...args: readonly string[]): ReturnType<ContainerMachine['exec']> =>
    host.exec(['aws', '--endpoint-url', environment.EC2_URL, '--output', 'json', 'ec2', ...args], { env })
  await install(host, script)
  const truth = await plant(host, aws)
  const faults = async (rules: readonly Partial<FaultPlan[number]>[]): Promise<void> => {
    await ec2.control('PUT', 'faults', rules)
  }
  return {
    async backUp(rules = []) {
      await faults(rules)
      const told = await call('backup')
      const idle = (await ec2.coverage()).faults.some(({ fired }) => fired === 0)
      await faults([])
      if (!idle) return told
      throw new SeatrialError('SEATRIAL_FAULT_IDLE', 'a fault never struck: the backup did not come to it', {
        mend: 'Look in the output of the backup for what ended it before: ' + told.output.slice(-200),
        because: 'prerequisite',
      })
    },
    async lose() {
      await faults([{ region: home, operation: '*', fault: 'reset', executed: false }])
      const { exitCode } = await aws('describe-volumes', '--region', home)
      if (exitCode === 0) {
        throw new SeatrialError('SEATRIAL_REGION_ANSWERS', `${home} is lost and answers all the same`, {
          mend: 'Report it: the fault of the mocked endpoint did not take hold.',
          because: 'prerequisite',
        })
      }
      lostAt = performance.now()
    },
    async restore() {
      const told = await call('restore')
      if (lostAt !== undefined) backAfterMs = Math.round(performance.now() - lostAt)
      return told
    },
    async judge(possible) {
      const differences = compareManifests(truth, await volumesOf(aws))
      const recoveryMs = differences.length === 0 ? backAfterMs : undefined
      return { possible, attempts, differences, entries: truth.size, recoveryMs, witnessed: [] }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([host[Symbol.asyncDispose](), ec2[Symbol.asyncDispose]()])
    },
  }
}

type Aws = (...args: readonly string[]) => ReturnType<ContainerMachine['exec']>

interface Snapshot {
  readonly Description: string
  readonly State: string
}

/** Makes the volumes and the list of them; gives what the other region must have afterwards. */
async function plant(host: ContainerMachine, aws: Aws): Promise<Manifest> {
  const truth = new Map<string, Readonly<Record<string, string>>>()
  const lines: string[] = []
  for (const [name, size] of volumes) {
    const made = await aws('create-volume', '--availability-zone', `${home}a`, '--size', String(size))
    if (made.exitCode !== 0) throw new Error(`no volume could be made: ${made.stderr.trim()}`)
    // The endpoint is our own, and its answer that of CreateVolume.
    const { VolumeId } = JSON.parse(made.stdout) as { readonly VolumeId: string }
    lines.push(`${VolumeId} ${name} ${elsewhere}`)
    truth.set(name, { size: `${size} GiB`, state: 'available', source: VolumeId, volumes: '1', snapshots: '1' })
  }
  await waitFor(
    'the volumes to be available',
    async () => {
      const { stdout } = await aws('describe-volumes', '--region', home)
      const { Volumes } = JSON.parse(stdout) as { readonly Volumes: readonly Volume[] }
      const states = Volumes.map(({ State }) => State)
      return states.every((state) => state === 'available') ? { done: states } : { seen: states.join(', ') }
    },
    { deadlineMs: 60_000 },
  )
  await host.writeFile(list, `${lines.join('\n')}\n`)
  return truth
}

interface Volume {
  readonly Size: number
  readonly State: string
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
}

/** Volumes of the other region by their names. How many there are of one, and of its copies, is paid for by the month. */
async function volumesOf(aws: Aws): Promise<Manifest> {
  const [{ Volumes }, { Snapshots }] = [
    await described<{ readonly Volumes: readonly Volume[] }>(aws, 'describe-volumes'),
    await described<{ readonly Snapshots: readonly Snapshot[] }>(aws, 'describe-snapshots', '--owner-ids', 'self'),
  ]
  const tag = ({ Tags = [] }: Volume, key: string): string => Tags.find(({ Key }) => Key === key)?.Value ?? 'none'
  return new Map(
    [...Map.groupBy(Volumes, (each) => tag(each, 'Name'))].map(([name, same]) => {
      const [first] = same
      const facts = first && { size: `${first.Size} GiB`, state: first.State, source: tag(first, 'source') }
      const copies = Snapshots.filter(({ Description, State }) => Description === name && State === 'completed')
      return [name, { ...facts, volumes: String(same.length), snapshots: String(copies.length) }]
    }),
  )
}

async function described<Answer>(aws: Aws, ...question: readonly string[]): Promise<Answer> {
  const { exitCode, stdout, stderr } = await aws(...question, '--region', elsewhere)
  if (exitCode !== 0) throw new Error(`${question[0]} in ${elsewhere}: ${stderr.trim()}`)
  // The endpoint is our own, and its answer that of the operation.
  return JSON.parse(stdout) as Answer
}
