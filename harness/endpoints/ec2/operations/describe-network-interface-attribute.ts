import { ec2Error } from '../errors.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { required, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { attachmentView } from '../resources/network-interface-view.ts'
import { groupItems } from '../resources/security-group.ts'
import { networkInterfaces } from '../resources/network-interface.ts'

const id = { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaceAttribute.html */
export const describeNetworkInterfaceAttribute = operation({
  name: 'DescribeNetworkInterfaceAttribute',
  parameters: { NetworkInterfaceId: required(idOf(networkInterfaces)), Attribute: required(text()) },
  errors: ['InvalidNetworkInterfaceID.NotFound', 'InvalidNetworkInterfaceId.Malformed', 'InvalidParameterValue'],
  looks: true,
  run({ NetworkInterfaceId, Attribute }, { region }) {
    const nic = region.of(networkInterfaces).demand(NetworkInterfaceId)
    const networkInterfaceId = nic.id
    switch (Attribute) {
      case 'description':
        return { networkInterfaceId, description: { value: nic.description } }
      case 'groupSet':
        return { networkInterfaceId, groupSet: groupItems(nic.groupIds, region) }
      case 'sourceDestCheck':
        return { networkInterfaceId, sourceDestCheck: { value: nic.sourceDestCheck } }
      case 'attachment':
        return { networkInterfaceId, attachment: attachmentView(nic, region) }
      case 'associatePublicIpAddress':
        return { networkInterfaceId, associatePublicIpAddress: nic.publicIp !== undefined }
      default:
        throw ec2Error(
          'InvalidParameterValue',
          `Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`,
        )
    }
  },
  examples: [
    {
      title: 'its groups',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, Attribute: 'groupSet' },
      answers: { networkInterfaceId: id.NetworkInterfaceId, 'groupSet.0.groupName': 'default' },
    },
    {
      title: 'whether it looks at where packets come from and go to',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, Attribute: 'sourceDestCheck' },
      answers: { 'sourceDestCheck.value': 'true' },
    },
    {
      title: 'of one that there is not',
      given: { NetworkInterfaceId: nobody.nic, Attribute: 'description' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'of what is none',
      given: { NetworkInterfaceId: 'eth0', Attribute: 'description' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
    {
      title: 'one that there is not',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, Attribute: 'colour' },
      answers: 'InvalidParameterValue',
    },
  ],
})
