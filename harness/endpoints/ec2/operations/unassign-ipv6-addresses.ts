import { ec2Error } from '../errors.ts'
import { anInterface, aSubnet, sixForSubnet, vpcWithIpv6 } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { list, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkInterfaces } from '../resources/network-interface.ts'

const id = { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignIpv6Addresses.html */
export const unassignIpv6Addresses = operation({
  name: 'UnassignIpv6Addresses',
  parameters: { NetworkInterfaceId: required(idOf(networkInterfaces)), Ipv6Addresses: required(list(text())) },
  errors: ['InvalidNetworkInterfaceID.NotFound', 'InvalidNetworkInterfaceId.Malformed', 'InvalidParameterValue'],
  run({ NetworkInterfaceId, Ipv6Addresses }, { region }) {
    const nic = region.of(networkInterfaces).demand(NetworkInterfaceId)
    const stranger = Ipv6Addresses.find((address) => !nic.ipv6.includes(address))
    if (stranger !== undefined) {
      throw ec2Error('InvalidParameterValue', `Some of [${stranger}] are not assigned to interface ${nic.id}`)
    }
    for (const address of new Set(Ipv6Addresses)) nic.ipv6.splice(nic.ipv6.indexOf(address), 1)
    return { networkInterfaceId: nic.id, unassignedIpv6Addresses: [...Ipv6Addresses] }
  },
  examples: [
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
      answers: { 'unassignedIpv6Addresses.0': '2001:db8:1000:100::77' },
    },
    {
      title: 'one that it does not have',
      before: [vpcWithIpv6, aSubnet, anInterface],
      given: { ...id, 'Ipv6Addresses.1': '2001:db8:1000:100::77' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of one that there is not',
      given: { NetworkInterfaceId: nobody.nic, 'Ipv6Addresses.1': '2001:db8::1' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'of what is none',
      given: { NetworkInterfaceId: 'eth0', 'Ipv6Addresses.1': '2001:db8::1' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
  ],
})
