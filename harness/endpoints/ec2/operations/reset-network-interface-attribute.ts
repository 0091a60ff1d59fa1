import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkInterfaces } from '../resources/network-interface.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetNetworkInterfaceAttribute.html */
export const resetNetworkInterfaceAttribute = operation({
  name: 'ResetNetworkInterfaceAttribute',
  // There is one that can be reset; its value says nothing.
  parameters: { NetworkInterfaceId: required(idOf(networkInterfaces)), SourceDestCheck: text() },
  errors: ['InvalidNetworkInterfaceID.NotFound', 'InvalidNetworkInterfaceId.Malformed'],
  run({ NetworkInterfaceId }, { region }) {
    region.of(networkInterfaces).demand(NetworkInterfaceId).sourceDestCheck = true
    return { return: true }
  },
  examples: [
    {
      title: 'the check of where packets come from and go to',
      before: [aVpc, aSubnet, anInterface],
      given: { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId', SourceDestCheck: '' },
      answers: { return: 'true' },
    },
    {
      title: 'of one that there is not',
      given: { NetworkInterfaceId: nobody.nic },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'of what is none',
      given: { NetworkInterfaceId: 'eth0' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
  ],
})
