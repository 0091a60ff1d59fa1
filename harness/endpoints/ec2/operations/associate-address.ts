import { ec2Error } from '../errors.ts'
import { runOne, theInstance } from '../examples/instances.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, text, withDefault } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { Address } from '../resources/address.ts'
import { addresses, demandAddress, expected } from '../resources/address.ts'
import { instances, instanceState, interfacesOf } from '../resources/instance.ts'
import type { NetworkInterface } from '../resources/network-interface.ts'
import { networkInterfaces } from '../resources/network-interface.ts'
import type { Region } from '../store.ts'

const allocate = { action: 'AllocateAddress', as: 'address' }
const theAddress = { AllocationId: '$address.allocationId' }

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html */
export const associateAddress = operation({
  name: 'AssociateAddress',
  parameters: {
    AllocationId: text(),
    PublicIp: text(),
    InstanceId: idOf(instances),
    NetworkInterfaceId: idOf(networkInterfaces),
    PrivateIpAddress: text(),
    AllowReassociation: withDefault(boolean(), true),
  },
  errors: [
    'MissingParameter',
    'InvalidAllocationID.NotFound',
    'InvalidAddress.NotFound',
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidInstanceID',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
    'InvalidParameterCombination',
    'InvalidParameterValue',
    'Resource.AlreadyAssociated',
  ],
  run(given, { region }) {
    if (given.InstanceId === undefined && given.NetworkInterfaceId === undefined) throw expected('InstanceId/NetworkId')
    const address = demandAddress(region, given)
    const nic = interfaceOf(given, region)
    const privateIp = given.PrivateIpAddress ?? nic.privateIps[0] ?? ''
    if (!nic.privateIps.includes(privateIp)) {
      throw ec2Error(
        'InvalidParameterValue',
        `The private IP address ${privateIp} is not assigned to the network interface ${nic.id}`,
      )
    }
    return { return: true, associationId: associate(address, nic, privateIp, given.AllowReassociation, region) }
  },
  examples: [
    {
      title: 'with an instance, whose address it then is',
      clock: 'instant',
      before: [runOne, allocate],
      given: { ...theAddress, InstanceId: theInstance },
      answers: { return: 'true' },
    },
    {
      title: 'with an interface, by the address itself',
      clock: 'instant',
      before: [runOne, allocate],
      given: {
        PublicIp: '$address.publicIp',
        NetworkInterfaceId: '$run.instancesSet.0.networkInterfaceSet.0.networkInterfaceId',
        PrivateIpAddress: '$run.instancesSet.0.privateIpAddress',
      },
      answers: { return: 'true' },
    },
    {
      title: 'with another instance, where that is not wanted',
      clock: 'instant',
      before: [
        { ...runOne, given: { ...runOne.given, MinCount: '2', MaxCount: '2' } },
        allocate,
        { action: 'AssociateAddress', given: { ...theAddress, InstanceId: theInstance } },
      ],
      given: { ...theAddress, InstanceId: '$run.instancesSet.1.instanceId', AllowReassociation: 'false' },
      answers: 'Resource.AlreadyAssociated',
    },
    { title: 'with nothing', before: [allocate], given: theAddress, answers: 'MissingParameter' },
    {
      title: 'of an allocation that there is not',
      before: [runOne],
      given: { AllocationId: 'eipalloc-0123456789abcdef0', InstanceId: theInstance },
      answers: 'InvalidAllocationID.NotFound',
    },
    {
      title: 'of an address that there is not',
      before: [runOne],
      given: { PublicIp: '203.0.113.1', InstanceId: theInstance },
      answers: 'InvalidAddress.NotFound',
    },
    {
      title: 'with an instance that is still pending',
      before: [runOne, allocate],
      given: { ...theAddress, InstanceId: theInstance },
      answers: 'InvalidInstanceID',
    },
    {
      title: 'with a private address that it does not have',
      clock: 'instant',
      before: [runOne, allocate],
      given: { ...theAddress, InstanceId: theInstance, PrivateIpAddress: '10.9.8.7' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'with the interface of another instance',
      clock: 'instant',
      before: [{ ...runOne, given: { ...runOne.given, MinCount: '2', MaxCount: '2' } }, allocate],
      given: {
        ...theAddress,
        InstanceId: theInstance,
        NetworkInterfaceId: '$run.instancesSet.1.networkInterfaceSet.0.networkInterfaceId',
      },
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'with an instance that there is not',
      before: [allocate],
      given: { ...theAddress, InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'with what is no instance',
      before: [allocate],
      given: { ...theAddress, InstanceId: 'web-1' },
      answers: 'InvalidInstanceID.Malformed',
    },
    {
      title: 'with an interface that there is not',
      before: [allocate],
      given: { ...theAddress, NetworkInterfaceId: 'eni-0123456789abcdef0' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'with what is no interface',
      before: [allocate],
      given: { ...theAddress, NetworkInterfaceId: 'eth0' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
  ],
})

function interfaceOf(
  given: { readonly InstanceId: string | undefined; readonly NetworkInterfaceId: string | undefined },
  region: Region,
): NetworkInterface {
  const named =
    given.NetworkInterfaceId === undefined ? undefined : region.of(networkInterfaces).demand(given.NetworkInterfaceId)
  if (given.InstanceId === undefined && named !== undefined) return named
  const instance = region.of(instances).demand(given.InstanceId ?? '')
  const state = instanceState(instance, region)
  if (!['running', 'stopping', 'stopped'].includes(state)) throw ec2Error('InvalidInstanceID', instance.id, state)
  const own = interfacesOf(instance, region)
  const chosen = named ?? own[0]
  if (chosen === undefined || !own.includes(chosen)) {
    throw ec2Error(
      'InvalidParameterCombination',
      `The network interface ${chosen?.id ?? ''} is not attached to the instance ${instance.id}`,
    )
  }
  return chosen
}

function associate(
  address: Address,
  nic: NetworkInterface,
  privateIp: string,
  allowed: boolean,
  region: Region,
): string {
  const before = address.association
  if (before?.interfaceId === nic.id && before.privateIp === privateIp) return before.associationId
  if (before !== undefined && !allowed) throw ec2Error('Resource.AlreadyAssociated', address.id, before.associationId)
  for (const other of region.of(addresses).everything()) {
    if (other.association?.interfaceId !== nic.id || other.association.privateIp !== privateIp) continue
    if (!allowed) throw ec2Error('Resource.AlreadyAssociated', nic.id, other.association.associationId)
    other.association = undefined
  }
  // The address of the launch goes back to the service.
  if (privateIp === nic.privateIps[0]) nic.publicIp = undefined
  const associationId = `eipassoc-0${region.ids.hex('eipassoc', 16)}`
  address.association = { associationId, interfaceId: nic.id, privateIp }
  return associationId
}
