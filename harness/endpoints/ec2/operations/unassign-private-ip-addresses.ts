import { ec2Error } from '../errors.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { list, required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkInterfaces, releaseAddress } from '../resources/network-interface.ts'
import { subnets } from '../resources/subnet.ts'

const id = { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html */
export const unassignPrivateIpAddresses = operation({
  name: 'UnassignPrivateIpAddresses',
  parameters: {
    NetworkInterfaceId: required(idOf(networkInterfaces)),
    PrivateIpAddress: required(list(text())),
  },
  errors: ['InvalidNetworkInterfaceID.NotFound', 'InvalidNetworkInterfaceId.Malformed', 'InvalidParameterValue'],
  run({ NetworkInterfaceId, PrivateIpAddress }, { region }) {
    const nic = region.of(networkInterfaces).demand(NetworkInterfaceId)
    const [primary, ...secondary] = nic.privateIps
    for (const address of PrivateIpAddress) {
      if (address === primary) {
        throw ec2Error('InvalidParameterValue', `The primary address ${address} of ${nic.id} cannot be unassigned.`)
      }
      if (!secondary.includes(address)) {
        throw ec2Error('InvalidParameterValue', `Some of [${address}] are not assigned to interface ${nic.id}`)
      }
    }
    for (const address of new Set(PrivateIpAddress)) {
      nic.privateIps.splice(nic.privateIps.indexOf(address), 1)
      releaseAddress(region.of(subnets).get(nic.subnetId), address)
    }
    return { return: true }
  },
  examples: [
    {
      title: 'a second one',
      before: [
        aVpc,
        aSubnet,
        anInterface,
        { action: 'AssignPrivateIpAddresses', given: { ...id, 'PrivateIpAddress.1': '10.0.0.77' } },
      ],
      given: { ...id, 'PrivateIpAddress.1': '10.0.0.77' },
      answers: { return: 'true' },
    },
    {
      title: 'the primary one',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, 'PrivateIpAddress.1': '$nic.networkInterface.privateIpAddress' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'of one that there is not',
      given: { NetworkInterfaceId: nobody.nic, 'PrivateIpAddress.1': '10.0.0.77' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'of what is none',
      given: { NetworkInterfaceId: 'eth0', 'PrivateIpAddress.1': '10.0.0.77' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
  ],
})
