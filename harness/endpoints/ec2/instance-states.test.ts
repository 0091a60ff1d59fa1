import { describe, expect, test } from 'vitest'
import type { CreateOptions } from '../core/create.ts'
import { createEndpoint } from '../core/create.ts'
import type { Endpoint } from '../core/index.ts'
import type { Answer } from './testing/ask.ts'
import { ask } from './testing/ask.ts'

const launch = {
  ImageId: 'ami-0a1b2c3d4e5f60001',
  MinCount: '1',
  MaxCount: '1',
  'BlockDeviceMapping.1.DeviceName': '/dev/sdh',
  'BlockDeviceMapping.1.Ebs.VolumeSize': '9',
  'BlockDeviceMapping.1.Ebs.DeleteOnTermination': 'false',
}

interface Started {
  readonly endpoint: Endpoint
  readonly id: string
  readonly run: Answer
  readonly look: () => Promise<Answer>
}

async function started(options: CreateOptions = {}): Promise<Started> {
  const endpoint = await createEndpoint('ec2', { signatures: 'lenient', clock: 'manual', ...options })
  const run = await ask(endpoint, 'RunInstances', launch)
  const id = run.at('instancesSet.0.instanceId') ?? ''
  endpoint.clock.advance(20_000)
  const look = (): Promise<Answer> => ask(endpoint, 'DescribeInstances', { 'InstanceId.1': id })
  return { endpoint, id, run, look }
}

const instance = 'reservationSet.0.instancesSet.0'

describe('termination', () => {
  test('takes the root volume and the interface with it when it is over, and leaves the other volume available', async () => {
    const { endpoint, id, look } = await started()
    await ask(endpoint, 'TerminateInstances', { 'InstanceId.1': id })
    const during = await ask(endpoint, 'DescribeVolumes')
    expect([during.at('volumeSet.0.status'), during.at('volumeSet.1.status')]).toEqual(['in-use', 'in-use'])
    expect((await look()).at(`${instance}.instanceState.name`)).toBe('shutting-down')
    endpoint.clock.advance(30_000)
    const after = await ask(endpoint, 'DescribeVolumes')
    expect([after.at('volumeSet.0.size'), after.at('volumeSet.0.status'), after.at('volumeSet.1.size')]).toEqual([
      '9',
      'available',
      undefined,
    ])
    const terminated = await look()
    expect(terminated.at(`${instance}.instanceState.name`)).toBe('terminated')
    expect(terminated.at(`${instance}.networkInterfaceSet.0.networkInterfaceId`)).toBe(undefined)
    expect(terminated.at(`${instance}.stateReason.code`)).toBe('Client.UserInitiatedShutdown')
  })

  test('spares a volume that was being detached', async () => {
    const { endpoint, id, run } = await started()
    const root = run.at('instancesSet.0.blockDeviceMapping.0.ebs.volumeId') ?? ''
    await ask(endpoint, 'StopInstances', { 'InstanceId.1': id })
    endpoint.clock.advance(30_000)
    await ask(endpoint, 'DetachVolume', { VolumeId: root })
    await ask(endpoint, 'TerminateInstances', { 'InstanceId.1': id })
    endpoint.clock.advance(60_000)
    expect((await ask(endpoint, 'DescribeVolumes', { 'VolumeId.1': root })).at('volumeSet.0.status')).toBe('available')
  })

  test('gives the private address back to the subnet', async () => {
    const { endpoint, id, run } = await started()
    const address = run.at('instancesSet.0.privateIpAddress') ?? ''
    await ask(endpoint, 'TerminateInstances', { 'InstanceId.1': id })
    const again = await ask(endpoint, 'RunInstances', { ...launch, PrivateIpAddress: address })
    expect(again.at('instancesSet.0.privateIpAddress')).toBe(address)
  })

  test('leaves an elastic address allocated and free', async () => {
    const { endpoint, id } = await started()
    const allocationId = (await ask(endpoint, 'AllocateAddress')).at('allocationId') ?? ''
    await ask(endpoint, 'AssociateAddress', { AllocationId: allocationId, InstanceId: id })
    await ask(endpoint, 'TerminateInstances', { 'InstanceId.1': id })
    const addresses = await ask(endpoint, 'DescribeAddresses')
    expect(addresses.at('addressesSet.0.allocationId')).toBe(allocationId)
    expect(addresses.at('addressesSet.0.instanceId')).toBe('')
  })

  test('is shown for an hour, and then the id is nobody', async () => {
    const { endpoint, id, look } = await started()
    await ask(endpoint, 'TerminateInstances', { 'InstanceId.1': id })
    endpoint.clock.advance(3_500_000)
    expect((await look()).at(`${instance}.instanceState.name`)).toBe('terminated')
    endpoint.clock.advance(200_000)
    expect((await look()).code).toBe('InvalidInstanceID.NotFound')
    expect((await ask(endpoint, 'DescribeInstances')).at('reservationSet')).toBe('')
  })

  test('of two in different zones, with one protected: only the other goes, and the request fails', async () => {
    const endpoint = await createEndpoint('ec2', { signatures: 'lenient' })
    const a = await ask(endpoint, 'RunInstances', { ...launch, DisableApiTermination: 'true' })
    const b = await ask(endpoint, 'RunInstances', { ...launch, 'Placement.AvailabilityZone': 'us-east-1b' })
    const ids = [a, b].map((answer) => answer.at('instancesSet.0.instanceId') ?? '')
    const answer = await ask(endpoint, 'TerminateInstances', {
      'InstanceId.1': ids[0] ?? '',
      'InstanceId.2': ids[1] ?? '',
    })
    expect(answer.code).toBe('OperationNotPermitted')
    const states = await Promise.all(
      ids.map(async (id) =>
        (await ask(endpoint, 'DescribeInstances', { 'InstanceId.1': id })).at(`${instance}.instanceState.name`),
      ),
    )
    expect(states).toEqual(['running', 'terminated'])
  })
})

describe('stopping and starting', () => {
  test('a stopped instance has lost its public address, keeps its private one, and gets another when it starts', async () => {
    const { endpoint, id, run, look } = await started()
    const before = (await look()).at(`${instance}.ipAddress`)
    await ask(endpoint, 'StopInstances', { 'InstanceId.1': id })
    endpoint.clock.advance(30_000)
    const stopped = await look()
    expect(stopped.at(`${instance}.instanceState.name`)).toBe('stopped')
    expect(stopped.at(`${instance}.ipAddress`)).toBe(undefined)
    expect(stopped.at(`${instance}.privateIpAddress`)).toBe(run.at('instancesSet.0.privateIpAddress'))
    await ask(endpoint, 'StartInstances', { 'InstanceId.1': id })
    endpoint.clock.advance(20_000)
    const running = await look()
    expect(running.at(`${instance}.instanceState.name`)).toBe('running')
    expect(running.at(`${instance}.stateReason.code`)).toBe(undefined)
    const after = running.at(`${instance}.ipAddress`)
    expect([typeof before, typeof after, before === after]).toEqual(['string', 'string', false])
  })

  test('an elastic address stays with a stopped instance', async () => {
    const { endpoint, id, look } = await started()
    const address = await ask(endpoint, 'AllocateAddress')
    await ask(endpoint, 'AssociateAddress', { AllocationId: address.at('allocationId') ?? '', InstanceId: id })
    await ask(endpoint, 'StopInstances', { 'InstanceId.1': id })
    endpoint.clock.advance(30_000)
    expect((await look()).at(`${instance}.ipAddress`)).toBe(address.at('publicIp'))
  })
})

describe('the fault plan', () => {
  test('instance-terminates: it ends in terminated with a reason of the server, and its volumes are gone', async () => {
    const faults = [{ operation: 'RunInstances', fault: 'instance-terminates' }]
    const { endpoint, look } = await started({ faults })
    const answer = await look()
    expect(answer.at(`${instance}.instanceState.name`)).toBe('terminated')
    expect(answer.at(`${instance}.stateReason.code`)).toBe('Server.InternalError')
    const volumes = await ask(endpoint, 'DescribeVolumes')
    expect([volumes.at('volumeSet.0.size'), volumes.at('volumeSet.1.size')]).toEqual(['9', undefined])
  })

  test('instance-stalls: it stays pending, however long one waits, and can be terminated', async () => {
    const faults = [{ operation: 'RunInstances', fault: 'instance-stalls' }]
    const { endpoint, id, look } = await started({ faults })
    endpoint.clock.advance(86_400_000)
    expect((await look()).at(`${instance}.instanceState.name`)).toBe('pending')
    expect((await ask(endpoint, 'StopInstances', { 'InstanceId.1': id })).code).toBe('IncorrectInstanceState')
    const answer = await ask(endpoint, 'TerminateInstances', { 'InstanceId.1': id })
    expect(answer.at('instancesSet.0.currentState.name')).toBe('shutting-down')
  })
})
