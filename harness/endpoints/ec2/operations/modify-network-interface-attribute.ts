import { ec2Error } from '../errors.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { interfaceGroups } from '../interface-addresses.ts'
import { operation } from '../operation.ts'
import { boolean, integer, list, required, structure, text } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { networkInterfaces } from '../resources/network-interface.ts'

const id = { NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId' } as const

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html */
export const modifyNetworkInterfaceAttribute = operation({
  name: 'ModifyNetworkInterfaceAttribute',
  parameters: {
    NetworkInterfaceId: required(idOf(networkInterfaces)),
    Description: structure({ Value: text({ max: 255 }) }),
    SourceDestCheck: structure({ Value: boolean() }),
    SecurityGroupId: list(text()),
    Attachment: structure({
      AttachmentId: text(),
      DeleteOnTermination: boolean(),
      DefaultEnaQueueCount: boolean(),
      EnaQueueCount: integer(),
    }),
    EnaSrdSpecification: structure({
      EnaSrdEnabled: boolean(),
      EnaSrdUdpSpecification: structure({ EnaSrdUdpEnabled: boolean() }),
    }),
    EnablePrimaryIpv6: boolean(),
    ConnectionTrackingSpecification: structure({
      TcpEstablishedTimeout: integer(),
      UdpStreamTimeout: integer(),
      UdpTimeout: integer(),
    }),
    AssociatePublicIpAddress: boolean(),
    AssociatedSubnetId: list(text()),
  },
  errors: [
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
    'InvalidGroup.NotFound',
    'InvalidAttachmentID.NotFound',
    'InvalidParameterCombination',
  ],
  run({ NetworkInterfaceId, ...given }, { region }) {
    const nic = region.of(networkInterfaces).demand(NetworkInterfaceId)
    const { Description, SourceDestCheck, SecurityGroupId, Attachment } = given
    const none = Object.values(given).every((each) => each === undefined || (Array.isArray(each) && each.length === 0))
    if (none) throw ec2Error('InvalidParameterCombination', 'No attributes specified.')
    const groupIds = SecurityGroupId.length === 0 ? nic.groupIds : interfaceGroups(SecurityGroupId, nic.vpcId, region)
    if (Attachment !== undefined) {
      const { AttachmentId = '', DeleteOnTermination } = Attachment
      if (nic.attachment?.attachmentId !== AttachmentId) throw ec2Error('InvalidAttachmentID.NotFound', AttachmentId)
      nic.attachment.deleteOnTermination = DeleteOnTermination ?? nic.attachment.deleteOnTermination
    }
    nic.groupIds = groupIds
    nic.description = Description?.Value ?? nic.description
    nic.sourceDestCheck = SourceDestCheck?.Value ?? nic.sourceDestCheck
    return { return: true }
  },
  examples: [
    {
      title: 'its description',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, 'Description.Value': 'second leg' },
      answers: { return: 'true' },
    },
    {
      title: 'of one that there is not',
      given: { NetworkInterfaceId: nobody.nic, 'SourceDestCheck.Value': 'false' },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'of what is none',
      given: { NetworkInterfaceId: 'eth0', 'SourceDestCheck.Value': 'false' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
    {
      title: 'a group that there is not',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, 'SecurityGroupId.1': nobody.group },
      answers: 'InvalidGroup.NotFound',
    },
    {
      title: 'an attachment that it does not have',
      before: [aVpc, aSubnet, anInterface],
      given: { ...id, 'Attachment.AttachmentId': nobody.attachment, 'Attachment.DeleteOnTermination': 'true' },
      answers: 'InvalidAttachmentID.NotFound',
    },
    { title: 'nothing', before: [aVpc, aSubnet, anInterface], given: id, answers: 'InvalidParameterCombination' },
  ],
})
