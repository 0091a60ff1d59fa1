import { ec2Error } from '../errors.ts'
import { anInterface, aSubnet, aVpc, sixForSubnet, vpcWithIpv6 } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { takeIpv6Addresses } from '../interface-addresses.ts'
import { operation } from '../operation.ts'
import { integer, list, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkInterfaces } from '../resources/network-interface.ts'
import { subnets } from '../resources/subnet.ts'

const id = { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignIpv6Addresses.html */
export const assignIpv6Addresses = operation({
  name: 'AssignIpv6Addresses',
  parameters: {
    NetworkInterfaceId: required(idOf(networkInterfaces)),
    Ipv6Addresses: list(text()),
    Ipv6AddressCount: integer({ min: 1, max: 255 }),
  },
  errors: [
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
    'InvalidParameterCombination',
    'InvalidParameterValue',
    'InvalidIPAddress.InUse',
  ],
  run({ NetworkInterfaceId, Ipv6Addresses, Ipv6AddressCount }, { region }) {
    const nic = region.of(networkInterfaces).demand(NetworkInterfaceId)
    if ((Ipv6Addresses.length === 0) === (Ipv6AddressCount === undefined)) {
      throw ec2Error(
        'InvalidParameterCombination',
        'Either ipv6Addresses or ipv6AddressCount must be specified, and not both.',
      )
    }
    const subnet = region.of(subnets).demand(nic.subnetId)
    const assigned = takeIpv6Addresses(subnet, Ipv6Addresses, Ipv6AddressCount ?? 0, region)
    nic.ipv6.push(...assigned)
    return { networkInterfaceId: nic.id, assignedIpv6Addresses: assigned }
  },
  examples: [
    {
      title: 'any two of the subnet',
      before: [vpcWithIpv6, aSubnet, sixForSubnet, anInterface],
      given: { ...id, Ipv6AddressCount: '2' },
      answers: {
        networkInterfaceId: id.NetworkInterfaceId,
        'assignedIpv6Addresses.0': '2001:db8:1000:100::10',
        'assignedIpv6Addresses.1': '2001:db8:1000:100::11',
      },
    },
    {
      title: 'to one that there is not',
      given: { NetworkInterfaceId: nobody.nic, Ipv6AddressCount: '1' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'to what is none',
      given: { NetworkInterfaceId: 'eth0', Ipv6AddressCount: '1' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
    { title: 'none', before: [aVpc, aSubnet, anInterface], given: id, answers: 'InvalidParameterCombination' },
    {
      title: 'where the subnet has none',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, Ipv6AddressCount: '1' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'one that it has',
      before: [
        vpcWithIpv6,
        aSubnet,
        sixForSubnet,
        anInterface,
        { action: 'AssignIpv6Addresses', given: { ...id, 'Ipv6Addresses.1': '2001:db8:1000:100::77' } },
      ],
      given: { ...id, 'Ipv6Addresses.1': '2001:db8:1000:100::77' },
      answers: 'InvalidIPAddress.InUse',
    },
  ],
})
