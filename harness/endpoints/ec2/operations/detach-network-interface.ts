import { ec2Error } from '../errors.ts'
import { runOne } from '../examples/instances.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, required, text } from '../parameters.ts'
import { networkInterfaces } from '../resources/network-interface.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachNetworkInterface.html */
export const detachNetworkInterface = operation({
  name: 'DetachNetworkInterface',
  parameters: { AttachmentId: required(text()), Force: boolean() },
  errors: ['InvalidAttachmentID.NotFound', 'OperationNotPermitted'],
  run({ AttachmentId }, { region }) {
    for (const nic of region.of(networkInterfaces).everything()) {
      if (nic.attachment?.attachmentId !== AttachmentId) continue
      if (nic.attachment.deviceIndex === 0) {
        throw ec2Error(
          'OperationNotPermitted',
          'The network interface at device index 0 and networkCard index 0 cannot be detached.',
        )
      }
      nic.attachment = undefined
      return { return: true }
    }
    throw ec2Error('InvalidAttachmentID.NotFound', AttachmentId)
  },
  examples: [
    {
      title: 'the second of an instance',
      before: [
        aVpc,
        aSubnet,
        anInterface,
        runOne,
        {
          action: 'AttachNetworkInterface',
          given: {
            NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId',
            InstanceId: '$run.instancesSet.0.instanceId',
            DeviceIndex: '1',
          },
          as: 'attached',
        },
      ],
      given: { AttachmentId: '$attached.attachmentId' },
      answers: { return: 'true' },
    },
    {
      title: 'the first of an instance',
      before: [runOne],
      given: { AttachmentId: '$run.instancesSet.0.networkInterfaceSet.0.attachment.attachmentId' },
      answers: 'OperationNotPermitted',
    },
    {
      title: 'one that there is not',
      given: { AttachmentId: nobody.attachment },
      answers: 'InvalidAttachmentID.NotFound',
    },
  ],
})
