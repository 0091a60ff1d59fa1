import { ec2Error } from '../errors.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { ownerOf, takeAddresses } from '../interface-addresses.ts'
import { operation } from '../operation.ts'
import { boolean, integer, list, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import type { NetworkInterface } from '../resources/network-interface.ts'
import { networkInterfaces, releaseAddress } from '../resources/network-interface.ts'
import type { Subnet } from '../resources/subnet.ts'
import { subnets } from '../resources/subnet.ts'
import type { Region } from '../store.ts'

const id = { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html */
export const assignPrivateIpAddresses = operation({
  name: 'AssignPrivateIpAddresses',
  parameters: {
    NetworkInterfaceId: required(idOf(networkInterfaces)),
    PrivateIpAddress: list(text()),
    SecondaryPrivateIpAddressCount: integer({ min: 1, max: 255 }),
    AllowReassignment: boolean(),
  },
  errors: [
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
    'InvalidParameterCombination',
    'InvalidParameterValue',
    'InsufficientFreeAddressesInSubnet',
  ],
  run({ NetworkInterfaceId, PrivateIpAddress, SecondaryPrivateIpAddressCount, AllowReassignment }, { region }) {
    const nic = region.of(networkInterfaces).demand(NetworkInterfaceId)
    const subnet = region.of(subnets).demand(nic.subnetId)
    if ((PrivateIpAddress.length === 0) === (SecondaryPrivateIpAddressCount === undefined)) {
      throw ec2Error(
        'InvalidParameterCombination',
        'Either addresses or secondaryPrivateIpAddressCount must be specified, and not both.',
      )
    }
    const wanted = PrivateIpAddress.filter((address) => !nic.privateIps.includes(address))
    for (const address of wanted) free(address, subnet, AllowReassignment === true, region)
    const assigned = takeAddresses(subnet, wanted, SecondaryPrivateIpAddressCount ?? 0, region)
    nic.privateIps.push(...assigned)
    return {
      networkInterfaceId: nic.id,
      assignedPrivateIpAddressesSet: assigned.map((privateIpAddress) => ({ privateIpAddress })),
      return: true,
    }
  },
  examples: [
    {
      title: 'an address, in person',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, 'PrivateIpAddress.1': '10.0.0.77' },
      answers: {
        networkInterfaceId: id.NetworkInterfaceId,
        'assignedPrivateIpAddressesSet.0.privateIpAddress': '10.0.0.77',
      },
    },
    {
      title: 'any two',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, SecondaryPrivateIpAddressCount: '2' },
      answers: {
        'assignedPrivateIpAddressesSet.0.privateIpAddress': '10.0.0.5',
        'assignedPrivateIpAddressesSet.1.privateIpAddress': '10.0.0.6',
      },
    },
    {
      title: 'one that another interface has as a second one, when that is allowed',
      before: [
        aVpc,
        aSubnet,
        anInterface,
        { action: 'AssignPrivateIpAddresses', given: { ...id, 'PrivateIpAddress.1': '10.0.0.77' } },
        { ...anInterface, as: 'second' },
      ],
      given: {
        NetworkInterfaceId: '$second.networkInterface.networkInterfaceId',
        'PrivateIpAddress.1': '10.0.0.77',
        AllowReassignment: 'true',
      },
      answers: { 'assignedPrivateIpAddressesSet.0.privateIpAddress': '10.0.0.77' },
    },
    {
      title: 'one that another interface has',
      before: [aVpc, aSubnet, anInterface, { ...anInterface, as: 'second' }],
      given: { ...id, 'PrivateIpAddress.1': '$second.networkInterface.privateIpAddress' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'to one that there is not',
      given: { NetworkInterfaceId: nobody.nic, SecondaryPrivateIpAddressCount: '1' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'to what is none',
      given: { NetworkInterfaceId: 'eth0', SecondaryPrivateIpAddressCount: '1' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
    { title: 'none', before: [aVpc, aSubnet, anInterface], given: id, answers: 'InvalidParameterCombination' },
    {
      title: 'more than there are',
      before: [aVpc, { ...aSubnet, given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.0.0/28' } }, anInterface],
      given: { ...id, SecondaryPrivateIpAddressCount: '11' },
      answers: 'InsufficientFreeAddressesInSubnet',
    },
  ],
})

/** Takes an address away from another interface, where that is allowed. Nobody gives away a primary one. */
function free(address: string, subnet: Subnet, isAllowed: boolean, region: Region): void {
  const owner: NetworkInterface | undefined = ownerOf(address, subnet.id, region)
  if (owner === undefined) return
  if (!isAllowed || owner.privateIps[0] === address) {
    throw ec2Error('InvalidParameterValue', `[${address}] assigned, but move is not allowed.`)
  }
  owner.privateIps.splice(owner.privateIps.indexOf(address), 1)
  releaseAddress(subnet, address)
}
