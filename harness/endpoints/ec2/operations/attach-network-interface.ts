import { ec2Error } from '../errors.ts'
import { runOne } from '../examples/instances.ts'
import { anInterface, aSubnet, aVpc } from '../examples/network.ts'
import { nobody } from '../examples/nobody.ts'
import { operation } from '../operation.ts'
import { boolean, integer, required, structure } from '../parameters.ts'
import { idOf } from '../resource.ts'
import { instances, instanceState } from '../resources/instance.ts'
import { networkInterfaces } from '../resources/network-interface.ts'

const both = {
  NetworkInterfaceId: '$nic.networkInterface.networkInterfaceId',
  InstanceId: '$run.instancesSet.0.instanceId',
  DeviceIndex: '1',
} as const
const elsewhere = {
  ...aSubnet,
  given: { VpcId: '$vpc.vpc.vpcId', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-east-1b' },
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html */
export const attachNetworkInterface = operation({
  name: 'AttachNetworkInterface',
  parameters: {
    NetworkInterfaceId: required(idOf(networkInterfaces)),
    InstanceId: required(idOf(instances)),
    DeviceIndex: required(integer({ min: 0 })),
    NetworkCardIndex: integer({ min: 0 }),
    EnaSrdSpecification: structure({
      EnaSrdEnabled: boolean(),
      EnaSrdUdpSpecification: structure({ EnaSrdUdpEnabled: boolean() }),
    }),
    EnaQueueCount: integer(),
  },
  errors: [
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
    'InvalidNetworkInterface.InUse',
    'InvalidParameterValue',
    'InvalidParameterCombination',
    'IncorrectState',
  ],
  run({ NetworkInterfaceId, InstanceId, DeviceIndex, NetworkCardIndex }, { region }) {
    const nic = region.of(networkInterfaces).demand(NetworkInterfaceId)
    const instance = region.of(instances).demand(InstanceId)
    if (nic.attachment !== undefined) throw ec2Error('InvalidNetworkInterface.InUse', nic.id)
    const state = instanceState(instance, region)
    if (state !== 'running' && state !== 'stopped' && state !== 'pending') {
      throw ec2Error('IncorrectState', `Instance '${instance.id}' is not 'running' or 'stopped'.`)
    }
    if (nic.zone !== instance.zone) {
      throw ec2Error(
        'InvalidParameterCombination',
        'You may not attach a network interface to an instance if they are not in the same availability zone',
      )
    }
    for (const { attachment } of region.of(networkInterfaces).everything()) {
      if (attachment?.instanceId === instance.id && attachment.deviceIndex === DeviceIndex) {
        throw ec2Error(
          'InvalidParameterValue',
          `Instance '${instance.id}' already has an interface attached at device index '${DeviceIndex}'.`,
        )
      }
    }
    nic.attachment = {
      attachmentId: `eni-attach-0${region.ids.hex('eni-attach', 16)}`,
      instanceId: instance.id,
      deviceIndex: DeviceIndex,
      attachTime: region.now(),
      // What was made by itself outlives the instance.
      deleteOnTermination: false,
    }
    return { attachmentId: nic.attachment.attachmentId, networkCardIndex: NetworkCardIndex ?? 0 }
  },
  examples: [
    {
      title: 'as the second of an instance',
      before: [aVpc, aSubnet, anInterface, runOne],
      given: both,
      answers: { networkCardIndex: '0' },
    },
    {
      title: 'one that there is not',
      before: [runOne],
      given: { ...both, NetworkInterfaceId: nobody.nic },
      answers: 'InvalidNetworkInterfaceID.NotFound',
    },
    {
      title: 'what is none',
      before: [runOne],
      given: { ...both, NetworkInterfaceId: 'eth0' },
      answers: 'InvalidNetworkInterfaceId.Malformed',
    },
    {
      title: 'to an instance that there is not',
      before: [aVpc, aSubnet, anInterface],
      given: { ...both, InstanceId: nobody.instance },
      answers: 'InvalidInstanceID.NotFound',
    },
    {
      title: 'to what is no instance',
      before: [aVpc, aSubnet, anInterface],
      given: { ...both, InstanceId: 'web' },
      answers: 'InvalidInstanceID.Malformed',
    },
    {
      title: 'one that is attached already',
      before: [runOne],
      given: { ...both, NetworkInterfaceId: '$run.instancesSet.0.networkInterfaceSet.0.networkInterfaceId' },
      answers: 'InvalidNetworkInterface.InUse',
    },
    {
      title: 'where the first one is',
      before: [aVpc, aSubnet, anInterface, runOne],
      given: { ...both, DeviceIndex: '0' },
      answers: 'InvalidParameterValue',
    },
    {
      title: 'to an instance of another zone',
      before: [aVpc, elsewhere, anInterface, runOne],
      given: both,
      answers: 'InvalidParameterCombination',
    },
    {
      title: 'to an instance that is no more',
      clock: 'instant',
      before: [
        aVpc,
        aSubnet,
        anInterface,
        runOne,
        { action: 'TerminateInstances', given: { 'InstanceId.1': '$run.instancesSet.0.instanceId' } },
      ],
      given: both,
      answers: 'IncorrectState',
    },
  ],
})
